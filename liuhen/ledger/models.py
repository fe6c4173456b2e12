"""Tables of the record. Written and read by plain SQL; the models declare the schema and nothing else.

Guarded tables refuse UPDATE and DELETE (migration 0002): entry, part, adoption, receipt, checkpoint, cosignature,
file, read, destruction. `log` and `stream` hold counters that only grow and are verified against the entries.
"""

from typing import Any, ClassVar

from django.db import models

ID_LENGTH = 32


def _id(**options: Any) -> Any:
    return models.CharField(max_length=ID_LENGTH, **options)


class Log(models.Model):
    """机关日志: one Merkle log per agency, for good. `frontier` is at most 40 hashes of 32 bytes."""

    agency = _id(primary_key=True)
    origin = models.CharField(max_length=200, unique=True)
    vkey = models.CharField(max_length=300)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    root = models.BinaryField()

    class Meta:
        db_table = "ledger_log"


class Stream(models.Model):
    """卷流: a numbered chain of entries about one matter. `head` is the last entry's leaf hash."""

    id = _id(primary_key=True)
    agency = _id()
    type = models.CharField(max_length=32)
    length = models.BigIntegerField(default=0)
    head = models.BinaryField(null=True)

    class Meta:
        db_table = "ledger_stream"
        indexes: ClassVar = [models.Index(fields=["agency", "type", "id"], name="ledger_stream_in_order")]


class Entry(models.Model):
    """条目: canonical header bytes, and those columns of the header by which entries are chosen."""

    pk = models.CompositePrimaryKey("agency", "idx")
    agency = _id()
    idx = models.BigIntegerField()
    stream = _id()
    number = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    happened = models.BigIntegerField()
    recorded = models.BigIntegerField()
    actor = models.CharField(max_length=64)
    leaf = models.BinaryField()
    header = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "number"], name="ledger_entry_stream_number")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "idx"], condition=models.Q(kind="reads_sealed"), name="ledger_entry_seals"
            )
        ]


class Part(models.Model):
    """部分: one part of an entry's payload with its salt. Both are NULL once destroyed under an order."""

    pk = models.CompositePrimaryKey("agency", "idx", "name")
    agency = _id()
    idx = models.BigIntegerField()
    name = models.CharField(max_length=64)
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)

    class Meta:
        db_table = "ledger_part"


class Destruction(models.Model):
    """销毁: the entry at `by_idx` orders this part destroyed; for the parts named here alone the guard steps aside."""

    pk = models.CompositePrimaryKey("agency", "idx", "name")
    agency = _id()
    idx = models.BigIntegerField()
    name = models.CharField(max_length=64)
    by_idx = models.BigIntegerField()

    class Meta:
        db_table = "ledger_destruction"


class Adoption(models.Model):
    """并入: `stream` adopts `adopted` by the entry at `idx`."""

    pk = models.CompositePrimaryKey("stream", "adopted")
    stream = _id()
    adopted = _id(db_index=True)
    agency = _id()
    idx = models.BigIntegerField()

    class Meta:
        db_table = "ledger_adoption"


class Receipt(models.Model):
    """回执: which entries an act's key made. A key seen again gets the same answer."""

    pk = models.CompositePrimaryKey("agency", "key")
    agency = _id()
    key = models.CharField(max_length=100)
    first = models.BigIntegerField()
    count = models.IntegerField()

    class Meta:
        db_table = "ledger_receipt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "first"], name="ledger_receipt_first")
        ]


class Checkpoint(models.Model):
    """检查点: a signed tree head. `signed` is in milliseconds, whole seconds, as signed."""

    pk = models.CompositePrimaryKey("agency", "size")
    agency = _id()
    size = models.BigIntegerField()
    root = models.BinaryField()
    signed = models.BigIntegerField()
    note = models.BinaryField()

    class Meta:
        db_table = "ledger_checkpoint"


class Cosignature(models.Model):
    """见证: a witness's signature line under a checkpoint."""

    pk = models.CompositePrimaryKey("agency", "size", "witness")
    agency = _id()
    size = models.BigIntegerField()
    witness = models.CharField(max_length=300)
    line = models.BinaryField()

    class Meta:
        db_table = "ledger_cosignature"


class Tile(models.Model):
    """哈希砖: 256 hashes of one level of a log, for quick proofs. Derived: verified, and made again from the leaves."""

    pk = models.CompositePrimaryKey("agency", "level", "number")
    agency = _id()
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        db_table = "ledger_tile"


class Read(models.Model):
    """查阅: who looked at what, when, how, whether it was granted. `leaf` is the hash that a seal covers."""

    pk = models.CompositePrimaryKey("agency", "number")
    agency = _id()
    number = models.BigIntegerField()
    actor = models.CharField(max_length=64)
    what = models.CharField(max_length=300)
    how = models.CharField(max_length=32)
    at = models.BigIntegerField()
    granted = models.BooleanField()
    reason = models.CharField(max_length=500)
    leaf = models.BinaryField()

    class Meta:
        db_table = "ledger_read"
        indexes = [
            models.Index(
                fields=["agency", "at"], condition=models.Q(granted=False), name="ledger_read_refused"
            )
        ]


class File(models.Model):
    """文件: what the store holds; the entry at `idx` of `agency` recorded it first."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=127)
    agency = _id()
    idx = models.BigIntegerField()

    class Meta:
        db_table = "ledger_file"


class Upload(models.Model):
    """上传: bytes in staging. Not a fact: it belongs to its sender and expires. Instants in milliseconds UTC."""

    id = _id(primary_key=True)
    owner = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    created = models.BigIntegerField()
    expires = models.BigIntegerField(db_index=True)
    cut_off = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "ledger_upload"
