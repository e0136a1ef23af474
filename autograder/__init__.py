"""Deep Learning, Step by Step: the autograder."""
