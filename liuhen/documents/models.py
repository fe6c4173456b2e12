"""Tables of the documents room. Drafts are not facts and may change; a counter only grows.

Written and read by plain SQL (`numbering`, `drafts`); the models declare the schema and nothing else.
"""

from typing import Any, ClassVar

from django.db import models


def _id(**options: Any) -> Any:
    return models.CharField(max_length=32, **options)


class Counter(models.Model):
    """文号序列: the last number taken of one series (决定, 立案 …) in one year of one agency."""

    pk = models.CompositePrimaryKey("agency", "series", "year")
    agency = _id()
    series = models.CharField(max_length=64)
    year = models.SmallIntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "document_counter"


class Draft(models.Model):
    """草稿: a text being written. `content` is JSON kept as typed; `updated` in milliseconds UTC."""

    id = _id(primary_key=True)
    agency = _id()
    act = models.CharField(max_length=64)
    stream = models.CharField(max_length=32)
    owner = models.CharField(max_length=64)
    version = models.IntegerField()
    content = models.TextField()
    updated = models.BigIntegerField()

    class Meta:
        db_table = "document_draft"
        indexes: ClassVar = [
            models.Index(fields=["agency", "stream", "act"], name="document_draft_by_stream"),
            models.Index(fields=["agency", "owner", "updated"], name="document_draft_by_owner"),
        ]


class DraftVersion(models.Model):
    """草稿版本: one saved state of a draft; `based_on` is the version that its writer had opened."""

    pk = models.CompositePrimaryKey("draft", "version")
    draft = _id()
    version = models.IntegerField()
    based_on = models.IntegerField()
    author = models.CharField(max_length=64)
    content = models.TextField()
    saved = models.BigIntegerField()

    class Meta:
        db_table = "document_draft_version"


class Published(models.Model):
    """How far an agency's issued documents were made known to the public site: entries of its log looked at."""

    agency = _id(primary_key=True)
    upto = models.BigIntegerField()

    class Meta:
        db_table = "document_published"


class Template(models.Model):
    """文号模板 an agency has set for a series, from a year on; read out of its register."""

    pk = models.CompositePrimaryKey("stream", "series", "year")
    stream = models.CharField(max_length=32)
    agency = _id()
    series = models.CharField(max_length=64)
    year = models.SmallIntegerField()
    template = models.CharField(max_length=200)

    class Meta:
        db_table = "document_template"
        indexes: ClassVar = [
            models.Index(fields=["agency", "series", "year"], name="document_template_of"),
        ]


class OwnForm(models.Model):
    """机关自己的样式: its text as the agency's register has it, in use from a day on."""

    pk = models.CompositePrimaryKey("stream", "form", "version")
    stream = models.CharField(max_length=32)
    agency = _id()
    form = models.CharField(max_length=64)
    version = models.IntegerField()
    since = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        db_table = "document_own_form"
        indexes: ClassVar = [models.Index(fields=["agency"], name="document_own_form_of")]


class Terms(models.Model):
    """复议机关、诉讼法院、收款账户 as the agency's register has them, from a day on; `said` is JSON."""

    pk = models.CompositePrimaryKey("stream", "entry")
    stream = models.CharField(max_length=32)
    entry = models.BigIntegerField()
    agency = _id()
    since = models.CharField(max_length=10)
    recorded = models.BigIntegerField()
    said = models.TextField()

    class Meta:
        db_table = "document_terms"
        indexes: ClassVar = [models.Index(fields=["agency"], name="document_terms_of")]


class SignSlip(models.Model):
    """签名单: one person asked to sign one text on another device. Not a fact; what he signs becomes part of the entry.

    `code`, `device`: SHA-256 of the code, of what the first device was given; `pages`: what he is shown, as JSON;
    `digest` of the text; instants in milliseconds UTC.
    """

    id = _id(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=64)
    agency = _id()
    officer = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    stream = models.CharField(max_length=32)
    form_key = models.CharField(max_length=64)
    title = models.TextField()
    who = models.TextField()
    name = models.TextField()
    each_page = models.BooleanField()
    pages = models.TextField()
    digest = models.CharField(max_length=64)
    created = models.BigIntegerField()
    expires = models.BigIntegerField(db_index=True)
    state = models.CharField(max_length=10)
    drawn = models.TextField()
    note = models.TextField()
    done = models.BigIntegerField(null=True)

    class Meta:
        db_table = "document_sign_slip"
