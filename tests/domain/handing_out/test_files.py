"""A résumé file handed out once it is read, and what comes back of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.memory.store import MemoryStore, MemoryTransaction
from domain.errors import Conflict, NotFound, Refused, Unavailable
from domain.handing_out.additions import AdditionsStatus, AdditionsTaken
from domain.handing_out.errand import FileErrand
from domain.handing_out.files import TEXT_KEPT
from domain.handing_out.hand_out import SILENT, HandOut, HandOutKind, HandOutStatus
from domain.identifiers import TelegramId, UploadId
from domain.resumes.additions import Additions, Fit
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Said
from domain.resumes.upload import Upload, UploadStatus
from domain.work import LEASE
from tests.builders import ANNA, NOW, a_resume_content, an_upload
from tests.domain.outsiders import ScriptedAutomation
from tests.domain.product import PATIENCE, Product, a_product

CV = b"%PDF cv"
ADDED = ResumeContent(region="Пермь", skills=("Redis", "Docker"))
TEXT = "Программирую на Python и Redis, знаю Docker и kafka. Пишу.\nПермь"
TAKEN = AdditionsTaken(status=AdditionsStatus.TAKEN, fields=("skills", "region"))
DROPPED = AdditionsTaken(status=AdditionsStatus.DROPPED)


@pytest.fixture
def n8n() -> ScriptedAutomation:
    return ScriptedAutomation()


@pytest.fixture
def product(n8n: ScriptedAutomation) -> Product:
    """Return a product whose files go to n8n, with Anna in it."""
    product = a_product(automation=n8n)
    product.welcome()
    product.reader.text = TEXT
    product.reader.says[CV] = ResumeContent(desired_position="Программист", skills=("Python",))
    return product


def _handed_out(product: Product) -> Upload:
    return product.parse(product.send(CV))


def _hand_out(product: Product, upload: Upload) -> HandOut | None:
    with product.store() as tx:
        return tx.hand_outs.find(upload.id)


def _text(product: Product, upload: Upload) -> str | None:
    with product.store() as tx:
        return tx.hand_outs.text(upload.id)


def _take(
    product: Product, upload: Upload, added: ResumeContent = ADDED, *, execution_id: str | None = "execution-1"
) -> AdditionsTaken:
    return product.application.take_additions(upload_id=upload.id, execution_id=execution_id, added=added)


def _everything(product: Product) -> object:
    with product.store() as tx:
        hand_outs = tx.hand_outs.all_of(ANNA)
    return product.application.export_user(telegram_id=ANNA), hand_outs


def test_a_file_is_handed_out_once_it_is_read(product: Product, n8n: ScriptedAutomation) -> None:
    n8n.meanwhile = lambda: product.clock.forward(timedelta(seconds=1))

    upload = _handed_out(product)

    assert upload.status is UploadStatus.PARSED
    assert n8n.files == [
        FileErrand(
            upload_id=upload.id,
            deadline=NOW + PATIENCE,
            filename="cv.pdf",
            content=CV,
            text=TEXT,
        )
    ]
    given = HandOut.given(id=upload.id, kind=HandOutKind.FILE, telegram_id=ANNA, deadline=NOW + PATIENCE, at=NOW)
    assert _hand_out(product, upload) == given.accepted("execution-1")


def test_its_revision_is_there_before(product: Product, n8n: ScriptedAutomation) -> None:
    seen: list[ResumeContent] = []
    n8n.meanwhile = lambda: seen.append(product.current())

    _handed_out(product)

    assert [each.desired_position for each in seen] == ["Программист"]


def test_a_file_without_its_text_is_handed_out_all_the_same(product: Product, n8n: ScriptedAutomation) -> None:
    product.reader.text = None

    _handed_out(product)

    assert [each.text for each in n8n.files] == [""]


def test_no_file_is_handed_out_where_nobody_is_set_up_to_take_it() -> None:
    product = a_product()
    product.welcome()

    upload = _handed_out(product)

    assert (upload.status, _hand_out(product, upload)) == (UploadStatus.PARSED, None)


@pytest.mark.parametrize("trouble", [Refused("no_text"), Unavailable("reader_timeout")])
def test_a_file_that_was_not_read_is_not_handed_out(
    product: Product, n8n: ScriptedAutomation, trouble: Exception
) -> None:
    product.reader.says[CV] = trouble

    upload = _handed_out(product)

    assert (n8n.files, _hand_out(product, upload)) == ([], None)


def test_a_file_that_another_worker_has_by_now_is_not_handed_out(product: Product, n8n: ScriptedAutomation) -> None:
    upload = product.send(CV)

    def taken_over() -> None:
        product.clock.forward(LEASE + timedelta(seconds=1))
        product.application.sweep_work()
        with product.store() as tx:
            assert tx.uploads.claim(upload.id, at=product.clock.now(), until=product.clock.now() + LEASE)

    product.reader.meanwhile = taken_over

    product.application.parse_upload(upload_id=upload.id)

    assert n8n.files == []


def test_a_refusal_is_noted_and_changes_nothing_else(product: Product, n8n: ScriptedAutomation) -> None:
    n8n.error = Unavailable("n8n_unreachable")

    upload = _handed_out(product)

    refused = _hand_out(product, upload)
    assert upload.status is UploadStatus.PARSED
    assert refused is not None
    assert (refused.status, refused.reason, len(n8n.files)) == (HandOutStatus.FAILED, "n8n_unreachable", 1)
    assert product.current().desired_position == "Программист"


def test_a_fault_of_ours_is_not_hidden_and_leaves_the_upload_parsed(product: Product, n8n: ScriptedAutomation) -> None:
    n8n.error = ZeroDivisionError()
    upload = product.send(CV)

    with pytest.raises(ZeroDivisionError):
        product.application.parse_upload(upload_id=upload.id)

    assert product.upload(upload.id).status is UploadStatus.PARSED


def test_the_file_of_a_person_who_left_is_not_handed_out(product: Product, n8n: ScriptedAutomation) -> None:
    def erased_between(tx: MemoryTransaction) -> None:
        tx.users.erase(ANNA)

    hand_out = product.application.parse_upload.hand_out
    assert hand_out is not None

    replace(hand_out, transaction=_StoreWithSomebodyElse(product.store, erased_between))(
        an_upload(), content=CV, text=""
    )

    assert n8n.files == []


@pytest.mark.parametrize("error", [None, Unavailable("n8n_error")])
def test_a_person_erased_while_their_file_is_handed_out_stays_erased(
    product: Product, n8n: ScriptedAutomation, error: Exception | None
) -> None:
    n8n.error = error
    n8n.meanwhile = lambda: product.application.erase_user(telegram_id=ANNA)
    upload = product.send(CV)

    product.application.parse_upload(upload_id=upload.id)

    product.welcome()
    assert _hand_out(product, upload) is None


@pytest.mark.parametrize("error", [None, Unavailable("n8n_error")])
def test_what_came_before_the_execution_could_be_noted_stays(
    product: Product, n8n: ScriptedAutomation, error: Exception | None
) -> None:
    upload = product.send(CV)
    n8n.error = error
    n8n.meanwhile = lambda: _take(product, upload, execution_id="quick")

    product.parse(upload)

    used = _hand_out(product, upload)
    assert used is not None
    assert (used.status, used.execution_id, used.reason) == (HandOutStatus.USED, "quick", None)


def test_a_hand_out_that_is_gone_when_it_is_to_be_noted_stays_gone(product: Product, n8n: ScriptedAutomation) -> None:
    def left_and_came_back() -> None:
        product.application.erase_user(telegram_id=ANNA)
        product.welcome()

    n8n.meanwhile = left_and_came_back
    upload = product.send(CV)

    product.application.parse_upload(upload_id=upload.id)

    assert _hand_out(product, upload) is None


def test_what_was_added_lies_under_our_own_reading(product: Product) -> None:
    upload = _handed_out(product)

    taken = _take(product, upload, replace(ADDED, desired_position="Повар", skills=("python", "Redis")))

    assert taken == TAKEN
    current = product.application.show_resume(telegram_id=ANNA)
    assert (current.content.desired_position, current.content.region) == ("Программист", "Пермь")
    assert current.who_said_skills() == {"Python": Said.PARSED, "Redis": Said.PARSED}
    assert current.added == ResumeContent(region="Пермь", skills=("Redis",))
    assert (current.base.content, current.revision) == (product.reader.says[CV], current.base)
    used = _hand_out(product, upload)
    assert used is not None
    assert (used.status, used.execution_id, used.finished_at) == (HandOutStatus.USED, "execution-1", NOW)


def test_texts_are_cleaned_before_they_are_kept(product: Product) -> None:
    upload = _handed_out(product)

    _take(product, upload, ResumeContent(summary="<p>Пишу.</p>", skills=("<b>kafka</b>",)))

    assert (product.current().summary, product.current().skills) == ("Пишу.", ("Python", "Apache Kafka"))


def test_a_skill_that_the_person_denied_does_not_come_under_another_name(product: Product) -> None:
    upload = _handed_out(product)
    product.edit(denied=["kafka", "redis"])

    taken = _take(product, upload, ResumeContent(skills=("Apache Kafka", "Redis")))

    denied = dict.fromkeys(["skills.0", "skills.1"], "denied_by_the_person")
    assert taken == AdditionsTaken(status=AdditionsStatus.TAKEN, refused=denied)
    assert product.current().skills == ("Python",)


def test_what_the_person_says_stays_whatever_comes(product: Product) -> None:
    upload = _handed_out(product)
    product.edit(region="Казань", summary=None, confirmed=["Docker"])

    _take(product, upload, replace(ADDED, summary="Чужое."))

    current = product.application.show_resume(telegram_id=ANNA)
    assert (current.content.region, current.content.summary) == ("Казань", None)
    assert current.who_said_skills() == {"Python": Said.PARSED, "Redis": Said.PARSED, "Docker": Said.CONFIRMED}
    assert current.added == ResumeContent(skills=("Redis",))


def test_an_edit_holds_what_counted_when_it_was_made(product: Product) -> None:
    upload = _handed_out(product)
    _take(product, upload)

    edited = product.edit(summary="Сама.")

    assert edited.revision.content == edited.content == product.current()
    assert (edited.content.region, edited.content.skills) == ("Пермь", ("Python", "Redis", "Docker"))


def test_an_answer_without_anything_new_is_taken_and_changes_no_version(product: Product) -> None:
    upload = _handed_out(product)
    before = product.application.show_resume(telegram_id=ANNA).version

    taken = _take(product, upload, ResumeContent(skills=("PYTHON",), desired_position="Повар"))

    assert taken == AdditionsTaken(status=AdditionsStatus.TAKEN)
    assert product.application.show_resume(telegram_id=ANNA).version == before
    assert _take(product, upload) == AdditionsTaken(status=AdditionsStatus.REPEATED)


def test_what_another_execution_read_is_refused(product: Product) -> None:
    upload = _handed_out(product)
    before = _everything(product)

    with pytest.raises(Conflict, match="another_execution"):
        _take(product, upload, execution_id="execution-2")

    assert _everything(product) == before
    assert _take(product, upload) == TAKEN
    with pytest.raises(Conflict, match="another_execution"):
        _take(product, upload, execution_id="execution-2")


@pytest.mark.parametrize("execution_id", ["execution-1", "execution-2"])
def test_what_is_not_to_be_taken_is_not_held_against_the_text(product: Product, execution_id: str) -> None:
    upload = _handed_out(product)
    _take(product, upload)
    unasked = replace(product.application.take_additions, additions=_NeverAsked())

    with contextlib.suppress(Conflict):
        assert unasked(upload_id=upload.id, execution_id=execution_id, added=ADDED).fields == TAKEN.fields


def test_where_nobody_has_said_which_execution_reads_a_file_the_first_to_answer_counts(
    product: Product, n8n: ScriptedAutomation
) -> None:
    n8n.execution_id = None
    upload = _handed_out(product)

    assert _take(product, upload, execution_id="execution-2") == TAKEN
    with pytest.raises(Conflict, match="another_execution"):
        _take(product, upload, execution_id="execution-3")


def test_a_repeat_changes_nothing(product: Product) -> None:
    upload = _handed_out(product)
    _take(product, upload)
    before = _everything(product)

    again = _take(product, upload, ResumeContent(summary="Иное."))

    assert again == replace(TAKEN, status=AdditionsStatus.REPEATED)
    assert _everything(product) == before


def test_what_comes_after_its_time_is_taken_all_the_same(product: Product) -> None:
    upload = _handed_out(product)
    product.clock.forward(PATIENCE + timedelta(seconds=1))
    product.application.sweep_work()
    silent = _hand_out(product, upload)
    assert silent is not None
    assert (silent.status, silent.reason) == (HandOutStatus.FAILED, SILENT)

    assert _take(product, upload) == TAKEN

    assert product.current().region == "Пермь"


def test_what_the_file_does_not_say_is_left_out_and_told(product: Product) -> None:
    upload = _handed_out(product)
    made_up = ResumeContent(region="Марс", skills=("Телепатия", "Redis"), desired_position="Директор галактики")

    taken = _take(product, upload, made_up)

    assert taken == AdditionsTaken(
        status=AdditionsStatus.TAKEN,
        fields=("skills",),
        # Of the position our own reading tells: nobody is asked.
        refused={"region": "not_in_text", "skills.0": "not_in_text"},
    )
    assert product.application.show_resume(telegram_id=ANNA).added == ResumeContent(skills=("Redis",))


def test_the_text_of_a_file_is_forgotten_once_the_answer_is_taken(product: Product) -> None:
    upload = _handed_out(product)
    kept = _text(product, upload)

    _take(product, upload, ResumeContent(skills=("Телепатия",)))

    assert (kept, _text(product, upload)) == (TEXT, None)


def test_the_text_of_a_file_that_was_not_taken_is_not_kept(product: Product, n8n: ScriptedAutomation) -> None:
    n8n.error = Unavailable("n8n_unauthorized")
    seen: list[bool] = []
    upload = product.send(CV)
    n8n.meanwhile = lambda: seen.append(_text(product, upload) == TEXT)

    product.parse(upload)

    assert (seen, _text(product, upload)) == ([True], None)


def test_an_answer_to_a_file_that_was_not_taken_adds_nothing(product: Product, n8n: ScriptedAutomation) -> None:
    n8n.error = Unavailable("n8n_error")
    upload = _handed_out(product)

    taken = _take(product, upload, ResumeContent(region="Пермь"))

    assert taken == AdditionsTaken(status=AdditionsStatus.DROPPED, refused={"region": "text_gone"})


def test_the_text_of_a_file_is_kept_for_an_answer_that_is_late_and_no_longer(product: Product) -> None:
    upload = _handed_out(product)

    product.clock.forward(PATIENCE + TEXT_KEPT)
    product.application.sweep_work()
    in_time = _text(product, upload)
    product.clock.forward(timedelta(seconds=1))
    product.application.sweep_work()

    assert (in_time, _text(product, upload)) == (TEXT, None)


def test_what_comes_when_the_text_is_forgotten_is_dropped_and_says_so(product: Product) -> None:
    upload = _handed_out(product)
    product.clock.forward(PATIENCE + TEXT_KEPT + timedelta(seconds=1))
    product.application.sweep_work()
    before = _everything(product)

    answers = [_take(product, upload) for _ in range(2)]

    gone = dict.fromkeys(["region", "skills.0", "skills.1"], "text_gone")
    assert answers == [AdditionsTaken(status=AdditionsStatus.DROPPED, refused=gone)] * 2
    assert _everything(product) == before


def test_nothing_is_added_to_a_file_that_came_without_its_text(product: Product) -> None:
    product.reader.text = None
    upload = _handed_out(product)

    taken = _take(product, upload, ResumeContent(region="Пермь"))

    assert taken == AdditionsTaken(status=AdditionsStatus.TAKEN, refused={"region": "not_in_text"})


def test_what_comes_after_a_later_form_changes_nothing_that_counts(product: Product) -> None:
    upload = _handed_out(product)
    product.submit(region=None)

    assert _take(product, upload) == TAKEN

    assert product.current() == a_resume_content(region=None)


def test_nothing_is_added_to_what_nobody_handed_in(product: Product) -> None:
    with pytest.raises(NotFound, match="upload_not_found"):
        product.application.take_additions(upload_id=UploadId("nobody's"), execution_id=None, added=ADDED)


def test_nothing_is_added_to_what_was_not_handed_out() -> None:
    product = a_product()
    product.welcome()
    upload = _handed_out(product)

    with pytest.raises(Conflict, match="not_handed_out"):
        _take(product, upload)


def test_what_is_added_to_a_file_that_was_not_read_is_dropped(product: Product) -> None:
    upload = product.send(CV)
    with product.store() as tx:
        tx.hand_outs.add(
            HandOut.given(id=upload.id, kind=HandOutKind.FILE, telegram_id=ANNA, deadline=NOW + PATIENCE, at=NOW)
        )

    assert _take(product, upload) == DROPPED


def test_what_nobody_wants_any_more_is_dropped(product: Product) -> None:
    upload = _handed_out(product)
    with product.store() as tx:
        hand_out = tx.hand_outs.hold(upload.id)
        assert hand_out is not None
        tx.hand_outs.save(hand_out.dropped(at=NOW))
    before = _everything(product)

    assert _take(product, upload) == DROPPED

    assert (_everything(product), _text(product, upload)) == (before, None)


def test_what_is_answered_twice_at_once_is_taken_once(product: Product) -> None:
    upload = _handed_out(product)
    slow = _SlowToFit(product, lambda: _take(product, upload))

    taken = replace(product.application.take_additions, additions=slow)(
        upload_id=upload.id, execution_id="execution-1", added=ResumeContent(skills=("kafka",))
    )

    assert taken == replace(TAKEN, status=AdditionsStatus.REPEATED)
    assert product.current().skills == ("Python", "Redis", "Docker")


def test_what_nobody_wants_by_the_time_it_is_fit_is_dropped(product: Product) -> None:
    upload = _handed_out(product)

    def drop() -> None:
        with product.store() as tx:
            hand_out = tx.hand_outs.hold(upload.id)
            assert hand_out is not None
            tx.hand_outs.save(hand_out.dropped(at=NOW))

    taken = replace(product.application.take_additions, additions=_SlowToFit(product, drop))(
        upload_id=upload.id, execution_id="execution-1", added=ADDED
    )

    assert (taken, _text(product, upload)) == (DROPPED, None)


class _SlowToFit(Additions):
    """Additions that somebody else comes before."""

    def __init__(self, product: Product, meanwhile: Callable[[], object]) -> None:
        ours = product.application.take_additions.additions
        super().__init__(ours.markup, ours.skills, ours.stems, ours.places)
        object.__setattr__(self, "_meanwhile", meanwhile)

    def fit(self, *args: Any, **kwargs: Any) -> Fit:
        self._meanwhile()  # type: ignore[attr-defined] # set above: the class is frozen
        return super().fit(*args, **kwargs)


class _NeverAsked(Additions):
    """Fails where anything is held against a text."""

    def __init__(self) -> None:
        """Hold nothing."""

    def fit(self, *_: object, **__: object) -> Fit:
        raise AssertionError("was asked")


class _StoreWithSomebodyElse:
    """A store in which somebody else does something to a transaction's work before it goes on."""

    def __init__(self, store: MemoryStore, meddle: Callable[[MemoryTransaction], None]) -> None:
        self._store, self._meddle = store, meddle

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self._store() as tx:
            self._meddle(tx)
            yield tx


def test_what_is_added_to_the_file_of_a_person_who_leaves_meanwhile_is_not_kept(product: Product) -> None:
    upload = _handed_out(product)

    def leave_when_held(tx: MemoryTransaction) -> None:
        hold = tx.users.hold

        def left(telegram_id: TelegramId) -> object:
            tx.users.erase(telegram_id)
            return hold(telegram_id)

        tx.users.hold = left  # type: ignore[method-assign, assignment] # they leave at this very moment

    meddled = replace(
        product.application.take_additions, transaction=_StoreWithSomebodyElse(product.store, leave_when_held)
    )

    with pytest.raises(NotFound, match="upload_not_found"):
        meddled(upload_id=upload.id, execution_id=None, added=ADDED)
