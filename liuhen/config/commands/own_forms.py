"""`liuhen documents own`: every agency's own forms, held against what the list and the law ask of them now."""

import argparse

from liuhen.accounts.models import Agency
from liuhen.acts.matter import law_of
from liuhen.config.cli import FINDINGS, FINE
from liuhen.documents.own_forms import agencies_with_own, own_forms


def own(arguments: argparse.Namespace) -> int:
    """Name each form that lacks something; 1 if there is one."""
    found = 0
    for agency in Agency.objects.filter(id__in=agencies_with_own()).order_by("slug"):
        for one in own_forms(agency.id, law_of(agency.id).bundle.packs):
            print(f"{agency.name}《{one.title}》（{one.since}起）：{'不合要求' if one.wrong else '齐全'}")
            for said in one.wrong:
                print(f"　{said}")
            found += bool(one.wrong)
    if found:
        print(f"有{found}种样式要改：由机关负责人在「机关设置」里「启用本机关的文书样式」，补上缺少的内容")
    return FINDINGS if found else FINE
