"""The solution-key check: the tests accept right answers and reject wrong ones."""
