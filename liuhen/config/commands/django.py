"""`liuhen django …`: Django's own commands with the officers' settings, for whoever maintains the program."""

import argparse
import os

from django.core.management import execute_from_command_line

from liuhen.config.cli import FINE


def django_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after it is Django's."""
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="例如 migrate、makemigrations cases、shell"
    )


def django(args: argparse.Namespace) -> int:
    """Hand the rest of the line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings")
    execute_from_command_line(["liuhen django", *args.arguments])
    return FINE
