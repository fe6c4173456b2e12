"""What has been submitted: the same draft in another window, and drafts of what is over."""

from dataclasses import dataclass

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.web.drafts.of import Of
from liuhen.web.me import Me


@dataclass(frozen=True)
class Meanwhile:
    """What was done elsewhere since the form was opened: in words, and the stream that it began."""

    said: str
    stream: str


def meanwhile(me: Me, of: Of, key: str, seen: str | None) -> Meanwhile | None:
    """Whether the same draft has been submitted from another window since this form was opened (`seen`)."""
    last = drafts.submitted(me.agency, me.actor.id, of.name) if of.stream is None else None
    if last is None or seen is None or last.content["key"] in (key, seen):
        return None
    title = registry.kind_of(registry.act(of.act)).title
    said = (
        f"打开表单以后，您已于{format_local(last.updated_ms)}在另一窗口提交同一份草稿，办理了“{title}”，没有再登记一次。"
        "您填写的内容仍在本页；请先查看，确需另行登记的再提交"
    )
    return Meanwhile(said, str(last.content["stream"]))


def done_before(me: Me, of: Of) -> str:
    """The number of the form that was last submitted of this; empty for what is about a matter, whose record tells."""
    last = drafts.submitted(me.agency, me.actor.id, of.name) if of.stream is None else None
    return str(last.content["key"]) if last else ""


def remember(me: Me, of: Of, key: str, stream: str) -> None:
    """What begins from nothing has been done by this form; the same draft may stand open in another window."""
    if of.stream is None:
        done = {"key": key, "stream": stream}
        drafts.remember(me.agency, act=of.name, owner=me.actor.id, content=done, now_ms=me.now_ms)


def set_aside(me: Me, of: Of, key: str, value: str) -> None:
    """Other drafts of what was done now, of this instance or of none said, are thrown away; one can take them back."""
    for one in drafts.of_act(me.agency, of.stream or "", of.act):
        named = [said for said in one.content.get(key, []) if said]
        if Of.named(one.act, one.stream).number is None and (not named or value in named):
            drafts.discard(me.agency, one.id)


def put_away(me: Me, stream: str) -> None:
    """Drafts of what can no longer be done on a matter are thrown away; whoever wrote one can take it back."""
    kept = [one for one in drafts.of_stream(me.agency, stream) if not drafts.is_discarded(one)]
    matter = load_matter(stream) if kept else None
    for one in kept:
        of = Of.named(one.act, stream)
        if matter and of.number is None and registry.act(of.act).over(matter):
            drafts.discard(me.agency, one.id)
