"""Where acts of disclosure are performed: the types of streams."""

CASE = frozenset({"case"})
INSPECTION = frozenset({"inspection"})
PUBLICATION = frozenset({"publication"})
REGISTER = frozenset({"register"})
