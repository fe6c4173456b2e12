"""What has been submitted: the same draft in another window, and drafts of what is over."""

from dataclasses import dataclass

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.web.clock import clock
from liuhen.web.drafts.of import Of
from liuhen.web.me import Me


@dataclass(frozen=True)
class Meanwhile:
    """What was done elsewhere since the form was opened: in words, and the stream that it began (empty: not yet)."""

    said: str
    stream: str


def claim(me: Me, of: Of, key: str, seen: str | None) -> Meanwhile | None:
    """Take the turn to submit this form; or what another window does, or did since it was opened (`seen`)."""
    if of.stream is not None or seen is None:
        return None
    last = drafts.claim(
        me.agency, act=of.name, owner=me.actor.id, key=key, seen=seen, now_ms=clock().now_ms()
    )
    if last is None:
        return None
    title, at = registry.kind_of(registry.act(of.act)).title, format_local(last.updated_ms)
    stream = str(last.content["stream"])
    done = f"办理了“{title}”" if stream else f"正在办理“{title}”"
    said = (
        f"打开表单以后，您已于{at}在另一窗口提交同一份草稿，{done}，没有再登记一次。"
        "您填写的内容仍在本页；请先查看，确需另行登记的再提交"
    )
    return Meanwhile(said, stream)


def became(me: Me, of: Of) -> Meanwhile | None:
    """What became of a draft with which the address goes on and that is not there: submitted, or thrown away."""
    last = drafts.submitted(me.agency, me.actor.id, of.name) if of.stream is None else None
    if last is not None and last.content["stream"]:
        title, at = registry.kind_of(registry.act(of.act)).title, format_local(last.updated_ms)
        said = f"这份草稿已于{at}提交，办理了“{title}”。下面的表单是新的一份，确需另行登记的才填写"
        return Meanwhile(said, str(last.content["stream"]))
    entry = load_matter(of.stream).last(registry.act(of.act).kind) if of.stream is not None else None
    if entry is None:
        return Meanwhile("这份草稿已经不在了：已经提交，或者已经丢弃。下面的表单是新的一份", "")
    title, at = registry.kind_of(registry.act(of.act)).title, format_local(entry.recorded_ms)
    said = f"这份草稿已经不在了：已于{at}办理“{title}”。下面的表单是新的一份，确需再办的才填写"
    return Meanwhile(said, str(of.stream))


def give_back(me: Me, of: Of, key: str, seen: str | None) -> None:
    """The form was not let in: whoever has the draft open elsewhere may submit it."""
    if of.stream is None and seen is not None:
        drafts.give_back(me.agency, act=of.name, owner=me.actor.id, key=key, now_ms=me.now_ms)


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
