"""From lead to closing: the course of a case."""
