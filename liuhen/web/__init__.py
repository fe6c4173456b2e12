"""The officers' site: every page reads through the rooms' queries and writes through the one door."""
