"""What was published and nothing else: one row a snapshot; withdrawn rows stay, so that their address can say so."""

from django.db import models


class Snapshot(models.Model):
    """公示内容: the published bytes and what the list looks for in them. Instants in milliseconds UTC."""

    posting = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    category = models.CharField(max_length=16)
    agency = models.CharField(max_length=64)
    agency_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    number = models.CharField(max_length=200)
    decided_on = models.CharField(max_length=10)
    text = models.TextField()
    posted_ms = models.BigIntegerField()
    withdrawn_ms = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        db_table = "portal_snapshot"
        constraints = [
            models.UniqueConstraint(fields=["posting", "digest"], name="portal_snapshot_once"),
            models.UniqueConstraint(
                fields=["posting"], condition=models.Q(withdrawn_ms=None), name="portal_snapshot_one_shown"
            ),
        ]
        indexes = [
            models.Index(fields=["category", "-posted_ms"], name="portal_snapshot_list"),
            models.Index(fields=["agency", "-posted_ms"], name="portal_snapshot_agency"),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """已制发的文书: digests of its code, its number and its 校验码, and when; nothing that says what it is about.

    `ended`: replaced 被更正后的文书代替, void 已作废; empty while it stands. Instants in milliseconds UTC.
    """

    code = models.CharField(max_length=64, primary_key=True)
    number = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    issued_ms = models.BigIntegerField()
    ended = models.CharField(max_length=16, default="")
    ended_ms = models.BigIntegerField(null=True)

    class Meta:
        db_table = "portal_paper"

    def __str__(self) -> str:
        return self.code
