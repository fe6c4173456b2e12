"""Acts of disclosure (公示): prepared, reviewed twice, approved; posted only when the public site has it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Check, Doing, Made, Matter, fields_of
from liuhen.disclosure import accepting, annual, beforehand, channels, corrections, full_text, public, results
from liuhen.disclosure.differences import published_decision
from liuhen.disclosure.places import CASE, INSPECTION, PUBLICATION, REGISTER
from liuhen.disclosure.restricted import nothing_restricted, text_unrestricted
from liuhen.disclosure.suggestion import suggested_posting, suggested_withholding
from liuhen.disclosure.texts import ANNUAL, DECISION, ITEMS, PREPARED, RENEWAL, RESULT, shown_before, text_of

_TEXT_THERE: tuple[dict[str, dict[str, str]], ...] = tuple({kind: {}} for kind in PREPARED)
_OVER = ("publish_approved", "taken_down")
_OF_THE_DECISION = {"decision": "disclosure_prepared.decision"}


def _name_masked(doing: Doing) -> Mapping[str, str]:
    """A natural person's name goes out masked, unless a person decides otherwise with a reason."""
    decided = published_decision(doing.matter) if doing.matter else None
    said = decided or {}
    if said.get("party_kind") != "citizen" or doing.payload.get("masked"):
        return {}
    if doing.payload["party_name"] == said["party_name"] and not doing.payload.get("redactions"):
        return {
            "party_name": "行政相对人名称：自然人的姓名应当隐去部分文字；确需公开全名的，在“隐去的内容”中写明理由"
        }
    return {}


def _name_left_out(doing: Doing) -> Mapping[str, str]:
    """Whose name goes out masked is not named in the text of the decision either."""
    said = (published_decision(doing.matter) if doing.matter else None) or {}
    name, text = str(said.get("party_name") or ""), str(doing.payload.get(full_text.FIELD) or "")
    if said.get("party_kind") != "citizen" or doing.payload["party_name"] == name or name not in text:
        return {}
    return {full_text.FIELD: "决定书全文：还写有当事人的全名，自然人的姓名应当隐去，请与“行政相对人名称”一致"}


def _name_kept(doing: Doing) -> Mapping[str, str]:
    """Whoever is no natural person is named as the decision names it, unless what is hidden is said with its reason."""
    said = (published_decision(doing.matter) if doing.matter else None) or {}
    named, given = said.get("party_name"), doing.payload["party_name"]
    if said.get("party_kind") == "citizen" or not named or given == named or doing.payload.get("redactions"):
        return {}
    return {
        "party_name": f"行政相对人名称：与决定书所写的“{named}”不一致，请改正；确需隐去的，在“隐去的内容”中写明理由"
    }


def _why_renewed(doing: Doing) -> Mapping[str, str]:
    """Whoever changes what is public says why."""
    matter = doing.matter
    if matter is None or matter.type not in PUBLICATION or not shown_before(matter):
        return {}
    if str(doing.payload.get(RENEWAL) or "").strip():
        return {}
    return {RENEWAL: "更新的理由：这份内容已经公示过，更新时必填，将与更新后的内容一起公示"}


def _this_text_reviewed(doing: Doing) -> Mapping[str, str]:
    """What is approved is the text that was reviewed: one prepared anew is reviewed anew."""
    matter = doing.matter
    text = text_of(matter) if matter else None
    if matter is None or text is None:
        return {}
    stale = [
        registry.dictionary().kinds[kind].title
        for kind in ("disclosure_reviewed", "secrecy_reviewed")
        if (entry := matter.last(kind)) is not None and entry.index < text.index
    ]
    if not stale:
        return {}
    return {"": f"公示内容重新拟制以后，还没有重新办理{'、'.join(stale)}：请先对新的内容审核"}


def _why_withdrawn(doing: Doing) -> Mapping[str, str]:
    """Whether it is published again hangs on why it was taken down."""
    if doing.payload.get("why"):
        return {}
    return {"why": "撤下的原因：必填；内容有误的，撤下以后还要更正、重新公示"}


_LIFTED = {"withheld": "withholding_lifted", "result_withheld": "result_withholding_lifted"}
"""What keeps a text from the public, and what undoes it."""


def _is_withheld(doing: Doing) -> bool:
    """Whether the very decision, or the inspection, is withheld and that was not undone since."""
    kind = next(kind for kind, lifted in _LIFTED.items() if doing.act.kind in (kind, lifted))
    key = registry.dictionary().kinds[kind].key
    said = [
        entry
        for one in (kind, _LIFTED[kind])
        for entry in (doing.matter.all(one) if doing.matter else ())
        if fields_of(entry).get(key) == doing.payload.get(key)
    ]
    return bool(said) and max(said, key=lambda entry: entry.index).kind == kind


def _once_withheld(doing: Doing) -> Mapping[str, str]:
    """What is withheld already is not withheld again; undone, it may be."""
    if not _is_withheld(doing):
        return {}
    return {"": "已经决定不予公开，不必再决定；要公开的，办理“撤销不予公开的决定”"}


def _still_withheld(doing: Doing) -> Mapping[str, str]:
    """Only what stands withheld can be released."""
    return {} if _is_withheld(doing) else {"": "没有尚未撤销的不予公开的决定，不必撤销"}


def _whose_decision(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """The decision that a posting is about; nothing for what is published of no decision."""
    decision = matter.value(DECISION, "decision") if matter else None
    return {"decision": decision} if decision else {}


def _prepares(kind: str, on: frozenset[str], *checks: Check, **words: Any) -> Act:
    """An act that prepares a text: for the first time, or anew on its own publication, filled in as it stood."""
    fields = registry.dictionary().kinds[kind].fields
    skipped = {RENEWAL, registry.dictionary().kinds[kind].key, *words.get("fixed", {})}
    if "made" in words:
        skipped |= set(words["made"].names)
    own = {
        name: f"{kind}.{name}"
        for name, field in fields.items()
        if name not in skipped and field.type != "files"
    }
    given: Mapping[str, str] = words.pop("suggested", {})
    suggested = own | {name: f"{path}|{kind}.{name}" for name, path in given.items()}
    return Act(
        kind,
        on=on | PUBLICATION,
        renews=True,
        suggested=suggested,
        checks=(*checks, _why_renewed, nothing_restricted),
        **words,
    )


def _texts() -> tuple[Act, ...]:
    """The acts that prepare a text, of whatever it is."""
    return (
        _prepares(
            DECISION,
            CASE,
            _name_masked,
            _name_kept,
            _name_left_out,
            full_text.whole_or_abstract,
            suggested={
                "party_name": "decided.party_name|on_spot_decided.party_name",
                "facts": "decided.facts|on_spot_decided.facts",
                "basis": "decided.basis|on_spot_decided.basis",
            },
            fixed={
                name: f"decided.{field}|on_spot_decided.{field}|disclosure_prepared.{name}"
                for name, field in (("decision", "decision"), ("number", "number"), ("decided_on", "day"))
            },
        ),
        _prepares(
            RESULT, INSPECTION, results.concluded_first, suggested=results.SUGGESTED, fixed=results.FIXED
        ),
        _prepares(ANNUAL, REGISTER, annual.year_is_over, annual.once_a_year, made=annual.COUNTED),
        *(_prepares(kind, REGISTER, beforehand.not_there_yet, beforehand.files_fit) for kind in ITEMS),
    )


def _withholding() -> tuple[Act, ...]:
    """The acts by which a result is withheld, its reason filed, and the withholding undone."""
    return (
        Act(
            "result_withheld",
            on=INSPECTION,
            after=("inspection_concluded",),
            checks=(results.concluded_first, _once_withheld),
        ),
        Act("withheld", on=CASE, same=("decided", "on_spot_decided"), repeats=True, checks=(_once_withheld,)),
        Act("withholding_lifted", on=CASE, same=("withheld",), repeats=True, checks=(_still_withheld,)),
        Act(
            "result_withholding_lifted",
            on=INSPECTION,
            after=("result_withheld",),
            checks=(_still_withheld,),
        ),
        Act(
            "withholding_filed",
            on=CASE,
            after=("withheld",),
            fixed={"decision": "withheld.decision"},
            suggested={"reason": "withheld.reason"},
            repeats=True,
        ),
        Act(
            "result_withholding_filed",
            on=INSPECTION,
            after=("result_withheld",),
            suggested={"reason": "result_withheld.reason"},
            repeats=True,
        ),
    )


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        *_texts(),
        Act(
            "disclosure_reviewed",
            on=PUBLICATION,
            repeats=True,
            answers=_TEXT_THERE,
            settled_by=_OVER,
            checks=(accepting.each_accepted,),
        ),
        Act("secrecy_reviewed", on=PUBLICATION, repeats=True, answers=_TEXT_THERE, settled_by=_OVER),
        Act(
            "publish_approved",
            on=PUBLICATION,
            answers=({"disclosure_reviewed": {"agree": True}, "secrecy_reviewed": {"agree": True}},),
            settled_by=_OVER,
            checks=(_this_text_reviewed, accepting.each_accepted, text_unrestricted),
        ),
        *(
            Act(
                kind,
                on=PUBLICATION,
                by_system=True,
                repeats=True,
                fixed=_OF_THE_DECISION,
                further=public.made_public,
                checks=(text_unrestricted,),
            )
            for kind in ("posted", "replaced")
        ),
        *channels.acts(),
        Act(
            "taken_down",
            on=PUBLICATION,
            after=("posted", "replaced"),
            until=("taken_down",),
            reopened={"taken_down": {"posted": {}, "replaced": {}}},
            made=Made(("decision",), _whose_decision),
            checks=(_why_withdrawn, nothing_restricted),
        ),
        *_withholding(),
        Act("annual_report_sent", on=REGISTER, new_key=True),
        *corrections.ACTS,
    )
    registry.register_suggestion("prepare_disclosure", suggested_posting)
    for name in ("withhold", "withhold_result"):
        registry.register_suggestion(name, suggested_withholding)
    registry.register_chosen("prepare_disclosure", full_text.CHOSEN, full_text.suggested)
    for name in ("review_disclosure", "approve_disclosure"):
        registry.register_suggestion(name, partial(accepting.suggested, registry.act(name).kind))
    for name, suggest in beforehand.SUGGESTED.items():
        registry.register_suggestion(name, suggest)
    registry.register_suggestion("prepare_inspection_result", results.suggested)
