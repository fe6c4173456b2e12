"""Measures as data: what a matter owes and what the law refuses. Pure."""
