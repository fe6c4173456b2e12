"""The table of the interface. Not facts: what a key was sent with, so that it is not taken for something else.

Written and read by plain SQL (`once`); the model declares the schema and nothing else.
"""

from django.db import models


class SentRequest(models.Model):
    """一次请求: the key under which an act was sent, and the SHA-256 of what was sent. `sent` in milliseconds UTC."""

    key = models.CharField(primary_key=True, max_length=32)
    digest = models.CharField(max_length=64)
    sent = models.BigIntegerField()

    class Meta:
        db_table = "api_request"
