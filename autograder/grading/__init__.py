"""The trusted side: find submissions, drive their cells, examine them, grade one and many."""
