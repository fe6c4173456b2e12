"""What a lower room needs from a higher one, handed down once when a process starts.

Acts, projections and periodic work are registered here and nowhere else; no room reaches up.
"""

from liuhen import ledger
from liuhen.accounts import acts as accounts_acts
from liuhen.accounts import projections as accounts_projections
from liuhen.accounts.actor import freeze_officers, people_asked
from liuhen.accounts.permissions import acting_role, may
from liuhen.acts import rebuild, registry
from liuhen.acts.matter import packs
from liuhen.adapters.dictation import Program
from liuhen.adapters.sealing import SealProgram
from liuhen.api import clock as api_clock
from liuhen.archive import acts as archive_acts
from liuhen.cases import acts as cases_acts
from liuhen.cases import projections as cases_projections
from liuhen.claims import acts as claims_acts
from liuhen.claims import rows as claims_rows
from liuhen.config import environment
from liuhen.config.worker import Periodic
from liuhen.disclosure import acts as disclosure_acts
from liuhen.disclosure import projections as disclosure_projections
from liuhen.disclosure.papers import publish_papers
from liuhen.disclosure.publishing import publish_due
from liuhen.documents import acts as documents_acts
from liuhen.documents import dictation, seal_service
from liuhen.documents.catalogue import catalogue, forms_kept
from liuhen.documents.issuing import issue_number
from liuhen.inspections import acts as inspections_acts
from liuhen.inspections import projections as inspections_projections
from liuhen.kernel.clock import Clock
from liuhen.kernel.process import settled
from liuhen.oversight import acts as oversight_acts
from liuhen.oversight.reads import seal_all
from liuhen.recordings import acts as recordings_acts
from liuhen.registers import acts as registers_acts
from liuhen.registers import projections as registers_projections
from liuhen.review import acts as review_acts
from liuhen.scans import acts as scans_acts
from liuhen.web import applied
from liuhen.web import clock as web_clock


def wire() -> None:
    """Register every room's acts and projections. Called once in each process, before anything else."""
    registry.register_permissions(may, acting_role)
    registry.register_officers(freeze_officers, people_asked)
    registry.register_numbers(issue_number)
    registry.register_forms(forms_kept)
    for room in (
        accounts_acts,
        registers_acts,
        cases_acts,
        review_acts,
        recordings_acts,
        inspections_acts,
        claims_acts,
        scans_acts,
        disclosure_acts,
        documents_acts,
        archive_acts,
        oversight_acts,
    ):
        room.register()
    for projections in (
        accounts_projections,
        registers_projections,
        cases_projections,
        inspections_projections,
        disclosure_projections,
    ):
        projections.register()
    api_clock.use(web_clock.clock)
    command = environment.dictation()
    dictation.use(Program(command) if command else None)
    service = environment.seal_service()
    seal_service.use(SealProgram(service) if service else None)


def settle() -> None:
    """Read the measures in, and take what then stands for good out of the garbage collector's rounds.

    For processes that serve for long, once all is loaded.
    """
    packs()
    catalogue()
    settled()


def go_by(clock: Clock) -> None:
    """Let the screens go by this clock."""
    web_clock.use(clock)


def periodic() -> list[Periodic]:
    """The work that `liuhen worker` does."""
    return [
        Periodic("签发检查点", 1.0, _publish_checkpoints),
        Periodic("发布公示", 2.0, _publish_due),
        Periodic("登记制发的文书", 5.0, _publish_papers),
        Periodic("重新判断", 5.0, _judge_stale),
        Periodic("封存查阅记录", 60.0, _seal_reads),
        Periodic("汇总条文适用", 300.0, _count_articles),
        Periodic("清理过期上传", 3600.0, _discard_uploads),
    ]


def _publish_checkpoints(clock: Clock) -> None:
    for agency in ledger.unpublished():
        ledger.publish_checkpoint(agency, clock.now_ms())


def _publish_due(clock: Clock) -> None:
    publish_due(clock)


def _publish_papers(clock: Clock) -> None:
    publish_papers()


def _judge_stale(clock: Clock) -> None:
    rebuild.judge_stale()


def _seal_reads(clock: Clock) -> None:
    seal_all(clock)


def _count_articles(clock: Clock) -> None:
    applied.recount(clock.now_ms())


def _discard_uploads(clock: Clock) -> None:
    ledger.discard_expired(clock.now_ms())
    claims_rows.discard_unrecorded()
