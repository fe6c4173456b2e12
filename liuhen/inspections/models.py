"""Rows of the list of draws. Read out of the entries; can be thrown away and rebuilt."""

from django.db import models

ID = 32
ENTRY = 48


class DrawRow(models.Model):
    """检查列表的一行. Instants in milliseconds UTC; `planned_on` an ISO date.

    `draw`, `target`: of an inspection that a draw led to, the draw's stream and which of its targets it is of.
    """

    stream = models.CharField(max_length=ID, primary_key=True)
    agency = models.CharField(max_length=ID)
    title = models.CharField(max_length=500)
    status = models.CharField(max_length=12)
    planned_on = models.CharField(max_length=10)
    drawn = models.CharField(max_length=40)
    draw = models.CharField(max_length=ID, default="", db_default="")
    target = models.TextField(default="", db_default="")
    planned_ms = models.BigIntegerField()
    last_ms = models.BigIntegerField()

    class Meta:
        db_table = "inspections_draw"
        indexes = [
            models.Index(fields=["agency", "-planned_ms", "-stream"], name="inspections_draw_recent"),
            models.Index(fields=["status"], name="inspections_draw_status"),
            models.Index(fields=["draw"], name="inspections_draw_of", condition=~models.Q(draw="")),
        ]

    def __str__(self) -> str:
        return self.title


class VisitRow(models.Model):
    """一次检查, done or planned, by its target: what is counted in a year. `day` an ISO date."""

    key = models.CharField(max_length=ENTRY, primary_key=True)
    stream = models.CharField(max_length=ID)
    agency = models.CharField(max_length=ID)
    name = models.CharField(max_length=500)
    code = models.CharField(max_length=500)
    day = models.CharField(max_length=10)
    about = models.CharField(max_length=200)
    state = models.CharField(max_length=8)

    class Meta:
        db_table = "inspections_visit"
        indexes = [
            models.Index(fields=["name", "day"], name="inspections_visit_name"),
            models.Index(fields=["code", "day"], name="inspections_visit_code", condition=~models.Q(code="")),
            models.Index(fields=["stream"], name="inspections_visit_stream"),
        ]

    def __str__(self) -> str:
        return self.name
