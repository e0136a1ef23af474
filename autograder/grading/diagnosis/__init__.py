"""From a failed question to what the student did: which known mistake, or which property."""
