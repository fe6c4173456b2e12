"""Rows of the registers. Read out of the entries; can be thrown away and rebuilt."""

from django.db import models

ID = 32


class RegisterRow(models.Model):
    """名录的一行: what stands in a register, as it is now.

    `code` and `other_code`: the codes by which it is found (of an institution its insurance code and its credit code or
    licence; of a legal basis its article). `words`: all its names, codes and initials in small letters, for searching.
    `from_on`, `ended_on`: ISO dates or empty. `fields`: what the last entry says, as JSON.
    """

    key = models.CharField(max_length=ID, primary_key=True)
    stream = models.CharField(max_length=ID)
    agency = models.CharField(max_length=ID)
    register = models.CharField(max_length=12)
    name = models.CharField(max_length=500)
    code = models.CharField(max_length=500)
    other_code = models.CharField(max_length=500)
    from_on = models.CharField(max_length=10)
    ended_on = models.CharField(max_length=10)
    words = models.TextField()
    fields = models.TextField()
    versions = models.IntegerField()

    class Meta:
        db_table = "registers_row"
        indexes = [
            models.Index(fields=["agency", "register", "name"], name="registers_row_name"),
            models.Index(fields=["agency", "register", "code"], name="registers_row_code"),
            models.Index(fields=["agency", "register", "other_code"], name="registers_row_other"),
            models.Index(fields=["stream"], name="registers_row_stream"),
        ]

    def __str__(self) -> str:
        return self.name
