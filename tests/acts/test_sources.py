"""From where a form is filled in: every path names a kind of entry and a field that there are."""

from liuhen.acts import registry
from liuhen.acts.form import _OF_THE_ENTRY


def test_every_path_leads_to_a_field() -> None:
    kinds = registry.dictionary().kinds
    wrong, seen = [], 0
    for name, act in registry._acts.items():
        for field, paths in [*act.suggested.items(), *act.fixed.items()]:
            if field not in kinds[act.kind].fields:
                wrong.append(f"{name}: no field {field}")
            for path in paths.split("|"):
                kind, _, source = path.partition(".")
                seen += 1
                if kind not in kinds or source not in {*kinds[kind].fields, *_OF_THE_ENTRY}:
                    wrong.append(f"{name}.{field}: nothing at {path}")
    assert wrong == []
    assert seen > 200
