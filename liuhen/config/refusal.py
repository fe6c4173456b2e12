"""What an administrator did that cannot be gone on with. The message is Chinese and says what to do."""


class Refusal(Exception):
    """Shown by `liuhen` as one line, with exit code 1."""


class NotInstalled(Refusal):
    """There is no installation in the folder."""


class UnsafeStorage(Refusal):
    """A database is set weaker than the record needs."""


class WrongAddress(Refusal, ValueError):
    """A database address that is not known."""
