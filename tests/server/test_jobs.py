"""Jobs: asked for once, done by a worker, stopped, left in the middle, begun again."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone

from groundgame.errors import BadPlan, NotYours
from groundgame.server import worker
from groundgame.server.actions import cuts, jobs, kept, orders, snapshots, work
from groundgame.server.store.models import AuditLink, Cut, Job, SnapshotRow

pytestmark = pytest.mark.django_db
ELM = Path(__file__).parents[2] / "examples" / "elm"


@pytest.fixture
def reading(world):
    """The import of small Elm, asked for and not yet begun."""
    row = jobs.draft(
        kind=jobs.Kind.IMPORT,
        chapter=world.elm,
        label="voters.csv",
        wanted={"layout": "elm", "dated": "2025-03-01"},
        by=world.alice,
    )
    content = (ELM / "voters.csv").read_bytes()
    kept.keep(row, "file", SimpleUploadedFile("voters.csv", content))
    return work.ask(row, by=world.alice)


def state(row):
    """Return where a job stands."""
    return jobs.job(id=row.pk, seen_by=row.by).state


def test_a_job_waits_until_a_worker_does_it(reading, work_off):
    """The page is answered at once; the snapshot is there when the worker was."""
    before = SnapshotRow.objects.count()
    assert (state(reading), before) == ("waiting", SnapshotRow.objects.count())

    work_off()

    page = jobs.job(id=reading.pk, seen_by=reading.by)
    counts = page.result["counts"]
    assert page.state == "done"
    assert counts["rows"] == counts["accepted"] + counts["refused"] + counts["merged"]
    assert SnapshotRow.objects.filter(pk=page.result["snapshot"]).exists()
    assert not reading.folder.exists(), "the uploaded file is no longer needed"


def test_asking_twice_asks_once(reading, work_off):
    """A second press of the button queues nothing, and is written down once."""
    work.ask(reading, by=reading.by)
    work_off()

    assert Job.objects.get(pk=reading.pk).attempts == 1
    assert AuditLink.objects.filter(verb="ask for job").count() == 1


def test_a_worker_that_died_leaves_its_job_to_the_next_one(reading, work_off):
    """After a power cut in the middle, the import is begun again and gives the same."""
    jobs.begin(reading.pk, "a worker that is gone")
    assert state(reading) == "running"

    assert work_off() == 1

    assert state(reading) == "done"
    assert Job.objects.get(pk=reading.pk).attempts == 2


def test_a_worker_that_lives_keeps_its_job(reading, work_off, data):
    """Two workers never do one job at once."""
    lock = worker.Lock(data / "workers")
    jobs.begin(reading.pk, lock.name)

    work_off()
    assert state(reading) == "running"
    lock.free()
    work_off()
    assert state(reading) == "done"


def test_a_job_that_kills_its_workers_is_given_up(reading, work_off):
    """The third time is the last; and it says so in words, with a way on."""
    for _ in range(jobs.ATTEMPTS):
        Job.objects.filter(pk=reading.pk).update(worker="")
        jobs.begin(reading.pk, "a worker that is gone")

    work_off()

    page = jobs.job(id=reading.pk, seen_by=reading.by)
    assert page.state == "failed"
    assert "three times" in page.says
    assert page.kept, "the files are there for another try"


def test_a_job_that_waits_is_stopped_at_once(world, reading, work_off):
    """And no worker does it afterwards; Bob may stop what Alice asked for."""
    jobs.stop(id=reading.pk, by=world.bob)
    work_off()

    row = Job.objects.get(pk=reading.pk)
    assert (state(row), row.stop_by, row.result) == ("stopped", world.bob, {})


def test_a_job_that_runs_is_stopped_at_its_next_second(
    world, reading, monkeypatch, work_off
):
    """It notices when it next says how far it is, and leaves no snapshot behind."""
    before = SnapshotRow.objects.count()

    def stops(self, more_bytes, more_rows):
        jobs.stop(id=reading.pk, by=world.alice)
        self.look()

    reading.wanted["dated"] = "2025-03-02"  # a snapshot that nobody made yet
    reading.save()
    monkeypatch.setattr(jobs, "SECOND", 0.0)
    monkeypatch.setattr(jobs.Teller, "reading", stops)
    work_off()

    assert state(Job.objects.get(pk=reading.pk)) == "stopped"
    assert SnapshotRow.objects.count() == before


def test_a_worker_that_is_closed_puts_its_job_back(reading, monkeypatch, work_off):
    """Starting the server anew costs a job its time and nothing else."""
    with monkeypatch.context() as patch:
        patch.setattr(work, "closing", lambda: True)
        row = Job.objects.get(pk=reading.pk)
        work_off_once(patch)
    assert (state(row), Job.objects.get(pk=row.pk).attempts) == ("waiting", 0)

    work_off()
    assert state(Job.objects.get(pk=row.pk)) == "done"


def work_off_once(patch):
    """Work off the queue, but let what is put back lie."""
    patch.setattr(work, "_queue", lambda _: None)
    worker.work_off()
    patch.undo()
    for row in Job.objects.filter(ended=None, asked__isnull=False):
        work._queue(row)


def test_a_refusal_is_said_and_the_files_wait_for_another_try(reading, work_off):
    """A wrong layout costs no second upload of three gigabytes."""
    Job.objects.filter(pk=reading.pk).update(
        wanted={"layout": "nc", "dated": "2025-03-01"}
    )
    work_off()
    page = jobs.job(id=reading.pk, seen_by=reading.by)
    assert page.state == "failed"
    assert "voters.csv" in page.says

    new = work.again(id=reading.pk, by=reading.by)
    work.ask(jobs.wish(new, {"layout": "elm"}, by=new.by), by=new.by)
    work_off()
    assert state(new) == "done"


def test_a_fault_is_told_without_its_words(reading, work_off, monkeypatch):
    """What an exception says may be a voter; the page and the book say it in ours."""

    def falls(**_):
        raise ValueError("Elmcanary07, 7 Elmcanary Street")

    monkeypatch.setattr(snapshots, "import_snapshot", falls)
    work_off()

    row = Job.objects.get(pk=reading.pk)
    assert row.outcome == "failed"
    assert "canary" not in row.says


def test_who_left_the_chapter_has_nothing_done(world, reading, work_off):
    """Roles are asked for again when the work begins, not only when it was wanted."""
    world.elm.memberships.filter(user=world.alice).delete()
    work_off()

    assert Job.objects.get(pk=reading.pk).outcome == "failed"


def test_progress_is_written_once_a_second(reading, django_assert_num_queries):
    """A million rows a second must not be a million commits to a slow disk."""
    tell = jobs.Teller(reading, lambda: False)
    tell.total = 1000
    with django_assert_num_queries(2):
        for _ in range(500):
            tell.reading(1, 10)

    tell.at("sorting")
    page = jobs.job(id=reading.pk, seen_by=reading.by)
    assert page.rows == 5000


def test_the_time_left_is_that_of_the_step(reading):
    """After an hour of reading, a step that is half done in 10 s takes 10 s more."""
    now = timezone.now()
    Job.objects.filter(pk=reading.pk).update(
        worker="w",
        begun=now - timedelta(hours=1),
        step="placing",
        step_begun=now - timedelta(seconds=10),
        done=50,
        total=100,
        rows=1000,
    )
    page = jobs.job(id=reading.pk, seen_by=reading.by)
    assert page.left == pytest.approx(10, abs=5)
    assert page.rate == 0, "nothing is being read"


def test_each_step_begins_at_nothing(reading):
    """What was read is no share of what is being sorted."""
    jobs.begin(reading.pk, "w")
    tell = jobs.Teller(reading, lambda: False)
    tell.at("reading", 100)
    tell.reading(100, 7)

    page = jobs.job(id=reading.pk, seen_by=reading.by)
    assert (page.step, page.share, page.left, page.rows) == ("sorting", None, None, 7)


def test_an_import_with_points_looks_for_doors_by_every_method(
    world, reading, work_off
):
    """County Road 9 is on no list of points; its line is among the streets."""
    for role, name in (("addresses", "addresses.csv"), ("streets", "streets.geojson")):
        content = (ELM / name).read_bytes()
        kept.keep(reading, role, SimpleUploadedFile(name, content))
    work_off()

    made = jobs.job(id=reading.pk, seen_by=reading.by).result["snapshot"]
    page = snapshots.snapshot(id=made, seen_by=world.alice)
    assert dict(page.placed).keys() == {"address point", "street"}


def test_a_book_that_is_busy_costs_no_import(reading, monkeypatch):
    """Progress that cannot be written now is written a second later."""
    fired = []

    def busy(*_, **__):
        fired.append(1)
        raise OperationalError("database is locked")

    tell = jobs.Teller(reading, lambda: False)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", busy)
    tell.reading(1, 1)
    assert fired


def test_a_cut_and_a_print_are_jobs(world, packet, work_off):
    """The cut is there when its job is done; a print is taken, and written down."""
    cut = orders.ask_cut(
        universe=world.universe.pk, least=4, most=6, seed=3, by=world.alice
    )
    sheets = orders.ask_print(cut=world.cut.pk, packets=[packet.id], by=world.alice)
    work_off()

    assert Cut.objects.filter(pk=Job.objects.get(pk=cut.pk).result["cut"]).exists()
    path = jobs.take_file(id=sheets.pk, by=world.bob)
    assert path.read_bytes().startswith(b"%PDF")
    assert AuditLink.objects.filter(verb="download print").count() == 1
    with pytest.raises(BadPlan):
        orders.ask_cut(
            universe=world.universe.pk, least=9, most=2, seed=3, by=world.bob
        )


def test_prints_and_uploads_are_not_kept_for_long(world, packet, work_off):
    """Names and doors lie nowhere for longer than they are needed."""
    sheets = orders.ask_print(cut=world.cut.pk, packets=[packet.id], by=world.alice)
    work_off()
    jobs.forget_old_files(timezone.now())
    assert sheets.folder.exists()

    jobs.forget_old_files(timezone.now() + jobs.PRINTS_KEPT + timedelta(minutes=1))
    assert not sheets.folder.exists()
    with pytest.raises(NotYours):
        jobs.take_file(id=sheets.pk, by=world.alice)


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_a_job_is_the_organizers(world, reading, name):
    """Who does not organize the chapter neither sees, stops nor repeats its work."""
    stranger = getattr(world, name)
    for act in (
        lambda: jobs.job(id=reading.pk, seen_by=stranger),
        lambda: jobs.stop(id=reading.pk, by=stranger),
        lambda: work.again(id=reading.pk, by=stranger),
        lambda: work.ask(reading, by=stranger),
    ):
        with pytest.raises(NotYours):
            act()
    assert jobs.jobs(seen_by=stranger) == []


def test_an_inbox_is_its_chapters(world, tmp_path, settings):
    """Files that the host put there for Elm are not offered to Oak, nor any above."""
    settings.INBOX = tmp_path.resolve()
    (tmp_path / "Elm").mkdir()
    (tmp_path / "Elm" / "state.zip").write_bytes(b"x")
    (tmp_path / "secret.csv").write_bytes(b"x")

    assert [each.name for each in kept.inbox(world.elm)] == ["state.zip"]
    assert kept.inbox(world.oak) == []
    world.oak.name = ".."
    assert kept.inbox(world.oak) == []


def test_a_file_from_the_inbox_is_read_where_it_lies(
    world, tmp_path, settings, work_off
):
    """Three gigabytes are not copied; and a name cannot lead out of the inbox."""
    settings.INBOX = tmp_path.resolve()
    (tmp_path / "Elm").mkdir()
    (tmp_path / "Elm" / "v.csv").write_bytes((ELM / "voters.csv").read_bytes())
    rows = [
        jobs.draft(
            kind=jobs.Kind.IMPORT,
            chapter=world.elm,
            label="v",
            wanted={"layout": "elm", "dated": "2025-04-01", "inbox": {"file": [name]}},
            by=world.alice,
        )
        for name in ("v.csv", "../Oak/v.csv")
    ]
    for row in rows:
        work.ask(row, by=world.alice)
    work_off()

    assert [state(Job.objects.get(pk=row.pk)) for row in rows] == ["done", "failed"]
    assert (tmp_path / "Elm" / "v.csv").exists()


def test_a_lock_is_free_when_its_worker_is_gone(tmp_path, settings):
    """Whether a worker lives is asked of the system, which forgets nobody."""
    settings.DATA = tmp_path
    lock = worker.Lock(tmp_path / "workers")
    seen = []
    thread = threading.Thread(target=lambda: seen.append(worker.alive(lock.name)))
    thread.start()
    thread.join()
    assert seen == [True]
    lock.free()
    assert not worker.alive(lock.name)
    assert not worker.alive("never was")


def test_the_same_cut_is_found_again_by_its_job(world, work_off):
    """A job that is begun again after the cut was written finds that very cut."""
    first = cuts.cut(universe=world.universe.pk, least=4, most=6, seed=5, by=world.bob)
    row = orders.ask_cut(
        universe=world.universe.pk, least=4, most=6, seed=5, by=world.bob
    )
    work_off()

    assert Job.objects.get(pk=row.pk).result == {"cut": first.pk}
