"""Rows of leads and cases for lists and searches. Read out of the entries; can be thrown away and rebuilt."""

from django.db import models

ID = 32


class LeadRow(models.Model):
    """案源列表的一行."""

    stream = models.CharField(max_length=ID, primary_key=True)
    agency = models.CharField(max_length=ID)
    suspect = models.CharField(max_length=500)
    source = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    received_ms = models.BigIntegerField()
    registered_ms = models.BigIntegerField()
    last_ms = models.BigIntegerField()

    class Meta:
        db_table = "cases_lead"
        indexes = [
            models.Index(fields=["agency", "-received_ms", "-stream"], name="cases_lead_recent"),
            models.Index(fields=["agency", "stage", "-received_ms", "-stream"], name="cases_lead_stage"),
        ]


class CaseRow(models.Model):
    """案件列表的一行. Amounts in fen, instants in milliseconds UTC."""

    stream = models.CharField(max_length=ID, primary_key=True)
    row = models.BigIntegerField(unique=True)
    agency = models.CharField(max_length=ID)
    number = models.CharField(max_length=100)
    party_name = models.CharField(max_length=500)
    party_kind = models.CharField(max_length=20)
    cause = models.CharField(max_length=500)
    stage = models.CharField(max_length=20)
    handlers = models.CharField(max_length=500)
    decision_number = models.CharField(max_length=100)
    amount = models.BigIntegerField(null=True)
    filed_ms = models.BigIntegerField()
    decided_ms = models.BigIntegerField(null=True)
    closed_ms = models.BigIntegerField(null=True)
    last_ms = models.BigIntegerField()

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["agency", "party_name"], name="cases_case_party"),
            models.Index(fields=["agency", "-filed_ms", "-stream"], name="cases_case_recent"),
            models.Index(fields=["agency", "stage", "-filed_ms", "-stream"], name="cases_case_stage"),
        ]


class HandlerRow(models.Model):
    """谁承办哪一件案件（案源）: for worklists."""

    id = models.CharField(max_length=ID * 2 + 1, primary_key=True)
    matter = models.CharField(max_length=ID)
    officer = models.CharField(max_length=ID)

    class Meta:
        db_table = "cases_handler"
        indexes = [
            models.Index(fields=["officer"], name="cases_handler_officer"),
            models.Index(fields=["matter"], name="cases_handler_matter"),
        ]


class Presence(models.Model):
    """谁什么时候在哪里: one officer of one record with a span and a place; for clashes across matters."""

    id = models.CharField(max_length=ID * 3, primary_key=True)
    matter = models.CharField(max_length=ID)
    officer = models.CharField(max_length=ID)
    starts_ms = models.BigIntegerField()
    ends_ms = models.BigIntegerField()
    place = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    instance = models.CharField(max_length=64)

    class Meta:
        db_table = "cases_presence"
        indexes = [
            models.Index(fields=["officer", "ends_ms", "starts_ms"], name="cases_presence_until"),
            models.Index(fields=["matter"], name="cases_presence_matter"),
        ]


class HandoverRow(models.Model):
    """移交了谁的、移交给谁: one officer's side of one hand-over, so that both are told."""

    id = models.CharField(max_length=ID * 3, primary_key=True)
    matter = models.CharField(max_length=ID)
    officer = models.CharField(max_length=ID)
    gives = models.BooleanField()
    at_ms = models.BigIntegerField()
    ground = models.CharField(max_length=20)
    others = models.CharField(max_length=200)

    class Meta:
        db_table = "cases_handover"
        indexes = [
            models.Index(fields=["officer", "-at_ms"], name="cases_handover_officer"),
            models.Index(fields=["matter"], name="cases_handover_matter"),
        ]


class ArticleCount(models.Model):
    """条文在本机关的适用: kept numbers of one article, as of `at_ms`, when the log had `log_size` entries."""

    pk = models.CompositePrimaryKey("agency", "article")
    agency = models.CharField(max_length=ID)
    article = models.CharField(max_length=40)
    n_all = models.BigIntegerField()
    n_met = models.BigIntegerField()
    n_met_late = models.BigIntegerField()
    n_open = models.BigIntegerField()
    n_overdue = models.BigIntegerField()
    n_refused = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    log_size = models.BigIntegerField()

    class Meta:
        db_table = "cases_article_count"
