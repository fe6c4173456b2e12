"""Tables of the door. Everything here is read out of the entries and can be thrown away and rebuilt."""

from django.db import models

ID = 32
ENTRY = 48


_OPEN_ON_OWN_LINE = models.Q(is_open=True, led_by__isnull=True)
"""What lists show. One condition for both indices: SQLite takes the one with more of it for the better."""


class OwedRow(models.Model):
    """义务: one obligation of one matter, as the law judged it. Whether it is overdue is never stored.

    `led_by`: the rule with which it is one thing to do (`same_as`), in whose line lists show it; null: in its own.
    """

    matter = models.CharField(max_length=ID)
    agency = models.CharField(max_length=ID)
    rule = models.CharField(max_length=80)
    trigger = models.CharField(max_length=ENTRY)
    subject = models.CharField(max_length=200)
    article = models.CharField(max_length=40)
    title = models.TextField()
    about = models.CharField(max_length=80)
    who = models.CharField(max_length=40)
    ours = models.BooleanField()
    form = models.CharField(max_length=16)
    starts_ms = models.BigIntegerField(null=True)
    due_ms = models.BigIntegerField(null=True)
    no_number = models.BooleanField()
    provisional = models.BooleanField()
    met_by = models.CharField(max_length=ENTRY)
    met_ms = models.BigIntegerField(null=True)
    is_open = models.BooleanField()
    led_by = models.CharField(max_length=80, null=True)
    detail = models.TextField()

    class Meta:
        db_table = "acts_owed"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "rule", "trigger", "subject", "who"], name="acts_owed_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "who", "due_ms", "starts_ms", "matter"],
                condition=_OPEN_ON_OWN_LINE,
                name="acts_owed_role",
            ),
            models.Index(fields=["agency", "article", "starts_ms"], name="acts_owed_article"),
            models.Index(
                fields=["matter", "who", "agency"], condition=_OPEN_ON_OWN_LINE, name="acts_owed_matter"
            ),
        ]


class JudgedMatter(models.Model):
    """案卷的判断状态: under which law (digest) a matter was last judged; another digest makes it stale."""

    matter = models.CharField(max_length=ID, primary_key=True)
    agency = models.CharField(max_length=ID)
    type = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    entries = models.IntegerField()
    last_index = models.BigIntegerField()
    keeps = models.BooleanField()

    class Meta:
        db_table = "acts_judged"
        indexes = [models.Index(fields=["agency", "digest"], name="acts_judged_stale")]


class WaitingRow(models.Model):
    """流转: an act that a matter waits for, since which entry."""

    pk = models.CompositePrimaryKey("matter", "act", "who")
    matter = models.CharField(max_length=ID)
    agency = models.CharField(max_length=ID)
    act = models.CharField(max_length=40)
    who = models.CharField(max_length=40)
    since = models.CharField(max_length=ENTRY)
    since_ms = models.BigIntegerField()

    class Meta:
        db_table = "acts_waiting"
        indexes = [models.Index(fields=["agency", "since_ms", "matter"], name="acts_waiting_turn")]
