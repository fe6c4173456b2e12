"""Rows of lists of claims as their files hold them: written once for a file's digest, and read again from it."""

from django.db import models


class ClaimFile(models.Model):
    """明细文件: how it was read. Amounts in fen; `digest` is over all rows in their order."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    rows = models.IntegerField()
    apart = models.IntegerField()
    total = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "claims_file"

    def __str__(self) -> str:
        return self.sha256


class ClaimRow(models.Model):
    """一行明细. `number` from 1 as in the file; `amount` is the fund's loss in fen; `problem` keeps a row apart."""

    pk = models.CompositePrimaryKey("sha256", "number")
    sha256 = models.CharField(max_length=64)
    number = models.IntegerField()
    claim = models.CharField(max_length=100)
    institution = models.CharField(max_length=200)
    item = models.CharField(max_length=300)
    cause = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    fund = models.CharField(max_length=60)
    day = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    problem = models.CharField(max_length=200)

    class Meta:
        db_table = "claims_row"
        indexes = [
            models.Index(fields=["sha256", "cause", "number"], name="claims_row_cause"),
            models.Index(fields=["sha256", "institution", "number"], name="claims_row_institution"),
            models.Index(
                fields=["sha256", "number"], condition=~models.Q(problem=""), name="claims_row_problem"
            ),
        ]
