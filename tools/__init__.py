"""What builds, checks and feeds the project from outside; never imported by it."""
