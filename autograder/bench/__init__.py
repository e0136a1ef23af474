"""How long grading takes, beside plain otter run and beside the floor."""
