"""What is done with résumé files: taken in, shown, parsed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotFound, Refused, Unavailable
from domain.handing_out.files import HandOutFile
from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.outcomes import Saved
from domain.outside import Clock, Ids, Tasks, WorkInHand
from domain.resumes.reading import FileLayout, ReadResume, ResumeReader
from domain.resumes.resume import Resume, ResumeSource
from domain.resumes.upload import Upload, UploadStatus
from domain.resumes.use_cases import current_of, must_have_one
from domain.search.current_employers import heed_current_employers
from domain.transactions import Transaction, Transactions
from domain.work import CLOCKS_APART, LEASE, LONGEST, NOT_ITS_FAULT, Attempted, Work

LONGEST_FILENAME = 200


@dataclass(frozen=True)
class SubmitFile:
    """Take in a résumé file to be parsed. `largest` is in bytes."""

    transaction: Transactions
    tasks: Tasks
    clock: Clock
    ids: Ids
    reader: ResumeReader
    largest: int

    def __call__(self, *, telegram_id: TelegramId, filename: str, content: bytes) -> Saved[Upload]:
        """Return the upload, or the earlier one of the same bytes that is under way or made the current résumé.

        Raises `Refused`: `file_too_large`, `empty_file`, `unsupported_type`, `file_encrypted`.
        """
        if len(content) > self.largest:
            raise Refused("file_too_large", megabytes=self.largest // 2**20)
        file_type = self.reader.recognise(content)
        digest = hashlib.sha256(content).hexdigest()
        now = self.clock.now()
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            submission = tx.users.next_submission(telegram_id)
            earlier = _earlier(tx, telegram_id, digest)
            if earlier is not None:
                if earlier.under_way:
                    tx.uploads.resubmit(earlier.id, submission=submission)
                return Saved(earlier, new=False)
            upload = Upload(
                id=UploadId(self.ids.new()),
                telegram_id=telegram_id,
                filename=_bare_name(filename),
                file_type=file_type,
                size=len(content),
                sha256=digest,
                submission=submission,
                status=UploadStatus.QUEUED,
                work=Work(due_at=now).sent(at=now),
                created_at=now,
            )
            tx.uploads.add(upload)
            tx.files.put(upload.id, content)
        # Only now: a worker must never receive an upload that is not committed.
        self.tasks.parse_upload(upload.id)
        return Saved(upload, new=True)


def _earlier(tx: Transaction, telegram_id: TelegramId, digest: str) -> Upload | None:
    current = current_of(tx, telegram_id)
    made_current = current.base.upload_id if current is not None else None
    same = tx.uploads.with_bytes(telegram_id, digest)
    if any(upload.under_way for upload in tx.uploads.all_of(telegram_id)):
        # What is current now will not be when another file, sent earlier, is read.
        made_current = None
    return next((upload for upload in same if upload.under_way or upload.id == made_current), None)


def _bare_name(filename: str) -> str:
    bare = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in bare if letter.isprintable())[-LONGEST_FILENAME:] or "resume"


@dataclass(frozen=True)
class ShowUpload:
    """Return a person's upload with the revision it became, if it did."""

    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId, upload_id: UploadId) -> tuple[Upload, Resume | None]:
        with self.transaction() as tx:
            return tx.uploads.get(telegram_id, upload_id), tx.resumes.made_of(upload_id)


@dataclass(frozen=True)
class ParseUpload:
    """Turn an upload into a revision. A repeated message, a slow worker and an erased person change nothing.

    `hand_out` hands the file out once it is read, where that is wanted; what becomes of that changes nothing here.
    """

    transaction: Transactions
    clock: Clock
    ids: Ids
    reader: ResumeReader
    in_hand: WorkInHand
    hand_out: HandOutFile | None = None

    def __call__(self, *, upload_id: UploadId) -> Attempted:
        now = self.clock.now()
        with self.transaction() as tx:
            upload = tx.uploads.claim(upload_id, at=now + CLOCKS_APART, until=now + LEASE)
            content = tx.files.get(upload_id) if upload is not None else None
        if upload is None:
            return Attempted()
        with self.in_hand.held(
            renew=lambda: self._renew(upload, claimed_at=now),
            hand_back=lambda: self._settle(upload.handed_back(at=self.clock.now())),
        ):
            return self._parse(upload, content)

    def _parse(self, upload: Upload, content: bytes | None) -> Attempted:
        try:
            read = self._read(content)
            attempted = self._keep(upload, read)
        except Refused as refused:
            return self._settle(upload.refused(at=self.clock.now(), reason=refused.code), refused.code)
        except Unavailable as unavailable:
            return self._settle(_again(upload, unavailable.code, at=self.clock.now()), unavailable.code)
        except Exception:
            # A fault of ours counts as a failure, lest the file be tried for ever.
            self._settle(upload.set_back(at=self.clock.now(), reason="internal_error"))
            raise
        # Only now: it goes to those outside after the revision is there, whatever they make of it.
        if self.hand_out is not None and content is not None and attempted.status is not None:
            self.hand_out(upload, content=content, text=read.text or "")
        return attempted

    def _read(self, content: bytes | None) -> ReadResume:
        if content is None:
            raise Refused("file_gone")
        return self.reader.read(content)

    def _settle(self, upload: Upload, reason: str | None = None) -> Attempted:
        with self.transaction() as tx:
            settled = tx.uploads.settle(upload)
        return Attempted(upload.status.value, reason) if settled else Attempted()

    def _renew(self, upload: Upload, *, claimed_at: datetime) -> None:
        now = self.clock.now()
        if now - claimed_at < LONGEST:
            with self.transaction() as tx:
                tx.uploads.renew(upload.id, attempt=upload.work.attempt, until=now + LEASE)

    def _keep(self, upload: Upload, read: ReadResume) -> Attempted:
        now = self.clock.now()
        resume_id = ResumeId(self.ids.new())
        parsed = upload.parsed(at=now, resume_id=resume_id, warnings=read.warnings)
        with self.transaction() as tx:
            try:
                # Held first, as by everybody who changes what waits for a person.
                tx.users.hold(upload.telegram_id)
            except NotFound:
                # Erased meanwhile: nobody waits for this.
                return Attempted()
            # Read now: the person may have sent the same bytes again meanwhile, which moves them in the order.
            submission = tx.uploads.submission_of(upload.id)
            if submission is None or not tx.uploads.settle(parsed):
                return Attempted()
            tx.resumes.add(
                Resume(
                    id=resume_id,
                    telegram_id=upload.telegram_id,
                    source=ResumeSource.HH_EXPORT if read.layout is FileLayout.HH_EXPORT else ResumeSource.FILE,
                    submission=submission,
                    content=read.content,
                    upload_id=upload.id,
                    created_at=now,
                )
            )
            # Which need not be this one: a form may have come meanwhile.
            counts = must_have_one(tx, upload.telegram_id)
            heed_current_employers(tx, upload.telegram_id, counts.content)
        return Attempted(parsed.status.value)


def _again(upload: Upload, code: str, *, at: datetime) -> Upload:
    if code in NOT_ITS_FAULT:
        return upload.postponed(at=at)
    return upload.set_back(at=at, reason=code)
