"""违规明细: 100,000 rows in, judged and shown (`claims.import.s`, `claims.page.p95_ms`)."""

import csv
import io
import random
import time
from collections.abc import Iterator

from bench.durable import durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile

ROWS = 100_000
VIEWS = 20
_CAUSES = ("虚构服务", "重复收费", "超标准收费", "分解住院", "串换项目")


@measures("claims.import.s", "claims.page.p95_ms")
def claims() -> Iterator[Figure]:
    """One list through the door, then its page with sums, filtered and far down, in turns."""
    with durable_sqlite():
        from django.test import Client  # noqa: PLC0415 (needs Django set up)

        from liuhen.accounts.models import Officer  # noqa: PLC0415 (needs Django set up)
        from liuhen.acts.uploads import receive  # noqa: PLC0415 (needs Django set up)
        from tests.web.played import begin  # noqa: PLC0415 (needs Django set up)

        play = begin()
        case = play.file_case()
        officer = Officer.objects.get(username="zhang.qingxi")
        content = _list()
        started = time.perf_counter()
        upload = receive([content], owner=officer.id, name="明细.csv", now_ms=play.clock.ms)
        key = play.act("import_claims", "zhang", case, files=[upload.id]).fields["list"]
        yield Figure("claims.import.s", time.perf_counter() - started, "s", ROWS)
        play.act("settle_claims", "zhang", case, list=key, selected="1-60000", outcome="confirmed")
        for first in range(1, 2_000, 40):
            play.act(
                "settle_claims", "zhang", case, list=key, selected=f"{first}-{first + 9}", outcome="struck"
            )
        client = Client()
        client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
        taken = []
        for number in range(VIEWS):
            for query in (
                {},
                {"state": "confirmed", "cause": _CAUSES[number % 5]},
                {"page": "900"},
                {"q": "J0777"},
            ):
                before = time.perf_counter()
                answer = client.get(f"/cases/{case}/claims/{key}/", query)
                taken.append((time.perf_counter() - before) * 1000)
                assert answer.status_code == 200, answer.status_code
        yield Figure("claims.page.p95_ms", percentile(taken, 95), "ms", len(taken))


def _list() -> bytes:
    """A list as a bureau's system writes it."""
    chance = random.Random(20260921)
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(["结算流水号", "机构名称", "项目名称", "违规原因", "险种", "费用发生日期", "违规基金金额"])
    for number in range(ROWS):
        day = f"202{chance.randrange(3, 6)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        cause, fund = chance.choice(_CAUSES), chance.choice(("职工", "居民"))
        amount = f"{chance.randrange(1, 90_000) / 100:.2f}"
        write.writerow(
            [f"J{number:06}", f"第{number % 40}诊所", f"项目{number % 300}", cause, fund, day, amount]
        )
    return text.getvalue().encode("gb18030")
