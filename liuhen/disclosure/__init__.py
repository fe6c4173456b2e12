"""公示: redact, review, publish, correct and withdraw."""
