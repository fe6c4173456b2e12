"""法制审核 and deliberation of weighty decisions."""
