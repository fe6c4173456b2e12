"""The contract of an act and the one transaction that performs it: the only door for a fact."""
