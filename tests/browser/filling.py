"""Filling an act's form as a person does: by what the page shows, never behind its back."""

import sys
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError, expect

from liuhen.law.dictionary import Field, Kind
from liuhen.oversight.scenarios import FILES
from liuhen.oversight.scenarios.samples import sample
from tests.factories.typed import Typed, around


def fill(
    page: Page, kind: Kind, values: Mapping[str, Any], typed: Typed | None = None, stream: str = ""
) -> list[str]:
    """Type what is given. Gives the names that the form does not ask (the record knows them already).

    `typed`: what was typed in the walk so far; whoever has to type a word again hears of it there.
    """
    unasked = []
    chosen = str(page.locator("form[data-act-form]").get_attribute("data-refill") or "")
    chosen = chosen if chosen == next(iter(values), "") and _inputs(page, chosen).count() else ""
    if chosen:
        _type(page, _box(page, chosen), chosen, kind.fields[chosen], values[chosen])
    if typed is not None:
        asked = {name: value for name, value in values.items() if _inputs(page, name).count()}
        typed.form(kind, asked, held(page), stream, around(stream) if stream else ())
    for name, value in values.items():
        field = kind.fields.get(name, Field(name, "instant", "发生时间"))
        if not _inputs(page, name).count():
            unasked.append(name)
        elif name != chosen:
            _type(page, _box(page, name), name, field, value)
    return unasked


def _box(page: Page, name: str) -> Locator:
    return page.locator(f"form[data-act-form] #field-{name}")


def _inputs(page: Page, name: str) -> Locator:
    """Where something can be typed; what the record fixes is only shown."""
    return _box(page, name).locator("input, select, textarea, button")


def offered(page: Page, values: Mapping[str, Any]) -> bool:
    """Whether what is to be chosen can be: of whom the law bars the page says why, and offers him not at all."""
    for name, value in values.items():
        radios = page.locator(f"form[data-act-form] #field-{name} input[type=radio]")
        if isinstance(value, str) and radios.count():
            if not _named(radios, value).count():
                return False
            continue
        options = page.locator(f"form[data-act-form] #field-{name} select option")
        if isinstance(value, str) and options.count():
            if value not in [one.get_attribute("value") for one in options.all()]:
                return False
            continue
        boxes = page.locator(f"form[data-act-form] #field-{name} input[type=checkbox]")
        if isinstance(value, list) and boxes.count() and all(isinstance(one, str) for one in value):
            there = [one.get_attribute("value") for one in boxes.all()]
            if any(one not in there for one in value):
                return False
    return True


def held(page: Page) -> str:
    """All that the form shows before anything is typed into it."""
    return str(
        page.locator("form[data-act-form]").evaluate(
            "f => Array.from(f.elements, e => e.value || '').join('\\n') + '\\n' + f.innerText"
            " + Array.from(f.querySelectorAll('datalist option'), e => e.value).join('\\n')"
        )
    )


def sent_back(kind: Kind, values: Mapping[str, Any], wrong: Collection[str]) -> bool:
    """Whether all that is wrong is files refused as they are sent, or broken off: none is attached."""
    if any(name not in kind.fields or kind.fields[name].type != "files" for name in wrong):
        return False
    files = [one for name in wrong for one in values.get(name) or ()]
    return bool(files) and all(isinstance(one, Mapping) and {"really", "cut"} & one.keys() for one in files)


def left_empty(page: Page) -> set[str]:
    """The fields that the browser itself does not let go: required ones with nothing in them."""
    return set(
        page.locator("form[data-act-form]").evaluate(
            "f => Array.from(f.elements).filter(e => e.willValidate && !e.checkValidity()).map(e => e.name)"
        )
    )


def submit(page: Page) -> int:
    """Press the button; gives the status of the page that came."""
    exchanged: list[str] = []
    seen = {
        "request": lambda one: exchanged.append(f"{one.method} {one.url}"),
        "requestfailed": lambda one: exchanged.append(f"{one.failure} {one.url}"),
        "response": lambda one: exchanged.append(f"{one.status} {one.url}"),
    }
    page.evaluate(_WATCHED)
    for event, keep in seen.items():
        page.on(event, keep)  # type: ignore[call-overload]
    try:
        with page.expect_navigation(wait_until="domcontentloaded") as answer:
            page.locator("form[data-act-form] button[type=submit]").click()
    except TimeoutError as error:
        raise AssertionError(
            "\n".join([str(error), *exchanged, str(page.evaluate(_TOLD)), *_stacks()])
        ) from None
    finally:
        for event, keep in seen.items():
            page.remove_listener(event, keep)
    return answer.value.status if answer.value else 0


_WATCHED = """() => {
  window.happened = [];
  for (const type of ["mousedown", "mouseup", "click", "submit", "invalid"])
    window.addEventListener(type, (e) => window.happened.push(
      type + " " + (e.target.outerHTML || "").slice(0, 90) + (e.defaultPrevented ? " prevented" : "")), true);
}"""
_TOLD = """() => [window.happened, document.activeElement.outerHTML.slice(0, 90),
  ...Array.from(document.querySelectorAll(".form-end"), (e) => e.innerText)]"""


def _stacks() -> list[str]:
    """Where each thread of this process stands: the application runs in one of them."""
    return ["".join(traceback.format_stack(frame)) for frame in sys._current_frames().values()]


def _type(page: Page, box: Locator, name: str, field: Field, value: Any) -> None:
    if field.type == "files":
        _files(box, value)
    elif field.type == "items":
        _rows(box, name, [dict(row) for row in value])
    elif field.type == "signatures":
        _rows(box, name, [{**row, "at": _local(row["at"])} if "at" in row else dict(row) for row in value])
    elif isinstance(value, list):
        for one in box.locator("input[type=checkbox]").all():
            one.set_checked(one.get_attribute("value") in value)
    elif field.type == "bool":
        box.locator(f'input[value="{"yes" if value else "no"}"]').check()
    elif (chooser := box.locator("select")).count():
        with _filled_anew(page, name, str(value)):
            chooser.select_option(str(value))
    elif (radios := box.locator("input[type=radio]")).count():
        chosen = _named(radios, str(value))
        with _filled_anew(page, name, str(chosen.get_attribute("value"))):
            chosen.check()
    else:
        box.locator(f"[name='{name}']").fill(_local(value) if field.type == "instant" else str(value))


@contextmanager
def _filled_anew(page: Page, name: str, value: str) -> Iterator[None]:
    """A choice from which the page fills in what follows: one reads on when the filled page is there."""
    asks = "([f, name, value]) => f.dataset.refill === name && !f.dataset.typed && f.elements[name].value !== value"
    form = page.locator("form[data-act-form]").element_handle()
    page.evaluate("document.activeElement.blur()")  # what was typed last counts as typed once it is left
    if not page.evaluate(asks, [form, name, value]):
        yield
        return
    form.evaluate("f => f.addEventListener('change', () => { sessionStorage.held = f.inert; })")
    with page.expect_navigation(wait_until="domcontentloaded"):
        yield
    assert page.evaluate("sessionStorage.held") == "true", "what is typed meanwhile would be lost"


def _named(radios: Locator, value: str) -> Locator:
    """The choice of this value, or of this name with a code behind it."""
    exact = radios.and_(radios.page.locator(f'[value="{value}"]'))
    return exact if exact.count() else radios.and_(radios.page.locator(f'[value^="{value} "]'))


def _local(text: Any) -> str:
    return str(text).replace(" ", "T")


def _rows(box: Locator, name: str, rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows):
        if number >= box.locator("tbody tr").count():
            box.locator("[data-add-row]").click()
        line = box.locator("tbody tr").nth(number)
        for column, value in row.items():
            # a row that was taken away leaves its number free
            cell = line.locator(f'[name^="{name}-"][name$="-{column}"]')
            if column == "who":
                cell.select_option(str(value))
            elif column == "refused":
                cell.check()
            else:
                cell.fill(str(value))
    while box.locator("tbody tr").count() > max(1, len(rows)):
        box.locator("tbody tr").last.locator("[data-remove-row]").click()


def _files(box: Locator, files: list[Any]) -> None:
    while box.locator("[data-remove-row]").count():
        box.locator("[data-remove-row]").first.click()  # what the record offers gives way to what is sent
    for one in files:
        told = one if isinstance(one, Mapping) else {"file": one}
        if told.get("cut"):
            continue  # what broke off on its way is not there
        name, data = _file(told)
        before = box.locator("input[type=hidden]").count()
        box.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )
        if "really" in told:
            expect(box.locator("[data-upload-list] .wrong").last).to_be_visible()
        else:
            expect(box.locator("input[type=hidden]")).to_have_count(before + 1)


def _file(told: Mapping[str, Any]) -> tuple[str, bytes]:
    """Name and bytes of a file as a scenario names it: made here, or lying beside the scenarios."""
    if "path" in told:
        beside = FILES / str(told["path"])
        return str(told.get("file", beside.name)), beside.read_bytes()
    lasts = {"seconds": int(told["seconds"])} if "seconds" in told else {}
    return str(told["file"]), sample(str(told.get("really", told["file"])), **lasts)
