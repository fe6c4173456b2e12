"""PDF/A by a validator that is not ours: Apache PDFBox Preflight, where it is installed (Debian: libpdfbox2-java).

It knows PDF/A-1b. The same documents set as 1b must be valid; set as they are given out (2b), it may only find what
1b forbids and 2b allows. `make test-slow` runs it.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from liuhen.documents import render as rendering
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.kinds import document_kinds
from liuhen.documents.samples import sample_entry, sample_matter
from liuhen.documents.seals import own_seal
from liuhen.kernel.clock import SystemClock
from liuhen.law.dictionary import standard

JARS = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        "preflight",
        "pdfbox2",
        "fontbox2",
        "xmpbox",
        "commons-logging",
        "javax.activation",
        "jaxb-api",
    )
]
UNSEEN = "widget annotation lacks an appearance dictionary"
"""Of a signature without a place on the page: 2b asks no appearance of what has no size."""
ALLOWED_IN_2B = ("part must be 1", "Invalid version of the ICCProfile")
"""The part's own number; ICC profiles of version 4."""
AGENCY = Issuer("清溪县医疗保障局", "http://gongshi.example/")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None or not all(jar.exists() for jar in JARS),
        reason="Apache PDFBox Preflight is not installed",
    ),
]


def findings(folder: Path) -> dict[str, set[str]]:
    """By file, what the validator finds in the PDFs of a folder; nothing where one is valid."""
    paths = ":".join(str(jar) for jar in JARS)
    command: list[str] = [
        "java",
        "-cp",
        paths,
        "org.apache.pdfbox.preflight.Validator_A1b",
        "xml",
        "batch",
        str(folder),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {}
    for file in folder.glob("*.pdf"):
        told = file.with_name(f"{file.name}.preflight.xml")
        assert told.exists(), said.stdout + said.stderr
        text = told.read_text(encoding="utf-8")
        found[file.name] = set(re.findall(r"<details>(.*?)</details>", text))
        assert found[file.name] or '<isValid type="PDF/A1-b">true</isValid>' in text
    return found


def lay(folder: Path) -> int:
    """Every document of the list, at its fullest; how many."""
    forms = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}
    matter = sample_matter(standard(), "full")
    listed = {form_id for kind in document_kinds() for form_id in kind.forms}
    for form_id in listed:
        entry = sample_entry(standard(), forms[form_id].kind, "full")
        content = context(entry, forms[form_id], [*matter, entry], AGENCY)
        (folder / f"{form_id}.pdf").write_bytes(rendering.render(forms[form_id], content, load_fonts()))
    return len(listed)


@pytest.mark.parametrize(("set_as", "allowed"), [("a-1b", ()), ("a-2b", ALLOWED_IN_2B)])
def test_every_document_is_archival(
    set_as: str, allowed: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_STANDARD", set_as)
    count = lay(tmp_path)
    found = findings(tmp_path)
    assert len(found) == count > 70
    for name, lines in found.items():
        assert {line for line in lines if not any(one in line for one in allowed)} == set(), name


def test_under_the_seal_it_still_is(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LEDGER_KEYS = tmp_path / "keys"
    monkeypatch.setattr(rendering, "_STANDARD", "a-1b")
    form, entry = catalogue().form("decision", 1), sample_entry(standard(), "decided", "empty")
    pdf = rendering.render(form, context(entry, form, [entry], AGENCY) | {"sealed": True}, load_fonts())
    (tmp_path / "sealed.pdf").write_bytes(own_seal("qingxi", AGENCY.name, SystemClock().now_ms()).seal(pdf))
    assert [one for one in findings(tmp_path)["sealed.pdf"] if UNSEEN not in one] == []
