"""Acts of recordings (音像记录): made, stored, linked, interrupted."""

from liuhen.acts import registry
from liuhen.acts.act import Act, Made
from liuhen.recordings import length
from liuhen.recordings.about import OF, of_one_act
from liuhen.recordings.media import of_its_medium
from liuhen.recordings.suggestion import suggested_of, suggested_recording

MATTER = frozenset({"case", "inspection"})
RECORDING = frozenset({"recording"})


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register_suggestion("register_recording", suggested_recording)
    registry.register_chosen("register_recording", OF, suggested_of)
    registry.register(
        Act(
            "recording_ended",
            on=MATTER,
            suggested={"officers": "handed_over.handlers|filed.handlers"},
            checks=(of_one_act,),
        ),
        Act(
            "recording_stored",
            on=RECORDING,
            checks=(of_its_medium,),
            made=Made((length.SECONDS,), length.measured),
        ),
        Act("recording_linked", on=RECORDING, repeats=True, checks=(of_one_act,)),
        Act(
            "recording_interrupted",
            on=RECORDING,
            new_key=True,
            fixed={"recording": "recording_ended.recording"},
        ),
        Act("interruption_reported", on=RECORDING, same=("recording_interrupted",)),
        Act("interruption_explained", on=RECORDING, same=("recording_interrupted",)),
        Act("away_declared", on=RECORDING),
        Act("returned", on=RECORDING),
    )
