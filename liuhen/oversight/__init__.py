"""Breaches, rectification, reminders and statistics."""
