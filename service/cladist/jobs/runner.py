"""Jobs one after another: a thread gives each to a child and keeps what becomes of it.

Only one process of those that share a folder runs jobs; the others take them in and show them. What
was running when a service stopped is queued again when one starts.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Condition, Thread
from typing import IO, Any

import msgspec
from msgspec.structs import replace

from cladist.datasets import plan as plans
from cladist.datasets.plan import Plan
from cladist.jobs.folder import JobFolder
from cladist.jobs.job import ENDED, Failure, Job, Status
from cladist.model.errors import Conflict, InvalidValue, NotFound

_POLL = 0.05
_TERM = 5.0
"""Seconds that a child has to clean up."""


class Jobs:
    """All jobs of a folder, and the thread that runs them."""

    def __init__(
        self,
        folder: Path,
        roots: Iterable[Path],
        now: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._folder, self._now, self._mint = folder, now, mint
        self._roots = tuple(each.resolve() for each in roots)
        self._wake = Condition()
        self._child: subprocess.Popen[bytes] | None = None
        self._current = ""
        self._stopping = False
        self._lock: IO[bytes] | None = None
        self._thread = Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to run jobs, unless another process does."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / "runner.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return
        self._lock = lock
        for job in self.every():
            if job.status is Status.RUNNING:
                self._of(job.id).write(replace(job, status=Status.QUEUED, started=""))
        self._thread.start()

    def stop(self) -> None:
        """End the child, whose job goes on with the next start."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._lock is not None:
            self._thread.join()
            self._lock.close()

    def create(
        self,
        job: Mapping[str, Any],
        plan: Plan,
        rules: Mapping[str, Any] | None,
        decisions: Iterable[Mapping[str, Any]],
    ) -> Job:
        """A new job; queued when its dataset lies on this machine, else waiting for it.

        Raises InvalidValue where the path is none that the operator allows.
        """
        path = self._allowed(job["path"]) if job.get("path") else ""
        status = Status.QUEUED if path else Status.WAITING
        made: dict[str, Any] = {
            **job,
            "path": path,
            "name": job.get("name") or Path(path).name,
            "id": self._mint(),
            "created": self._instant(),
            "status": status,
        }
        found = Job(**made)
        folder = JobFolder(self._folder / found.id)
        folder.path.mkdir()
        folder.plan.write_bytes(plans.encoded(plan))
        if rules is not None:
            folder.rules.write_bytes(msgspec.json.encode(rules))
        lines = [msgspec.json.encode(each) for each in decisions]
        if lines:
            folder.decisions.write_bytes(b"\n".join(lines))
        folder.write(found)
        self._notify()
        return found

    def _allowed(self, path: str) -> str:
        """A path below one of the folders that the operator allows, links followed."""
        real = Path(path).resolve()
        if not any(real.is_relative_to(root) for root in self._roots):
            raise InvalidValue("path", "the operator of this service does not allow it: upload it.")
        if not real.exists():
            raise InvalidValue("path", "there is no such file or folder.")
        return str(real)

    def queued(self, job: Job) -> Job:
        """Queue a job whose dataset has come."""
        found = replace(job, status=Status.QUEUED)
        self._of(job.id).write(found)
        self._notify()
        return found

    def every(self) -> list[Job]:
        """All jobs, the oldest first."""
        paths = (each for each in self._folder.glob("*/job.json"))
        return sorted((JobFolder(each.parent).read() for each in paths), key=_age)

    def folder(self, job_id: str) -> JobFolder:
        """The folder of a job; raises NotFound."""
        found = self._of(job_id)
        if not job_id.isalnum() or not (found.path / "job.json").is_file():
            raise NotFound(f"There is no job {job_id}.")
        return found

    def _of(self, job_id: str) -> JobFolder:
        return JobFolder(self._folder / job_id)

    def cancel(self, job_id: str) -> Job:
        """Stop a job, or take it out of the queue; nothing of its output stays."""
        folder = self.folder(job_id)
        with self._wake:
            job = folder.read()
            if job.status in ENDED:
                raise Conflict(f"The job is {job.status} already.")
            found = replace(job, status=Status.CANCELLED, ended=self._instant())
            folder.write(found)
            if self._current == job_id and self._child is not None:
                self._child.terminate()
        return found

    def delete(self, job_id: str) -> None:
        """Forget a job that has ended, and all its files."""
        folder = self.folder(job_id)
        if folder.read().status not in (*ENDED, Status.WAITING):
            raise Conflict("Cancel the job first.")
        shutil.rmtree(folder.path)

    def _instant(self) -> str:
        return self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _notify(self) -> None:
        with self._wake:
            self._wake.notify_all()

    def _run(self) -> None:
        while True:
            with self._wake:
                job = next((each for each in self.every() if each.status is Status.QUEUED), None)
                if self._stopping:
                    return
                if job is None:
                    self._wake.wait(1.0)  # another process may have taken a job in
                    continue
                folder = self._of(job.id)
                folder.clear()
                folder.write(replace(job, status=Status.RUNNING, started=self._instant()))
                command = [sys.executable, "-m", "cladist.jobs.work", str(folder.path)]
                self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
                self._current = job.id
            self._follow(folder)

    def _follow(self, folder: JobFolder) -> None:
        """Wait for the child, and keep what became of the job."""
        child = self._child
        assert child is not None, "a job was given to it"
        while child.poll() is None:
            with self._wake:
                self._wake.wait(_POLL)
                if self._stopping:
                    _end(child)
                    return
        with self._wake:
            self._child, self._current = None, ""
            job = folder.read()
            if job.status is Status.RUNNING:
                folder.write(self._ended(folder, job, child.returncode))

    def _ended(self, folder: JobFolder, job: Job, status: int) -> Job:
        ended = self._instant()
        done, failed = folder.path / "done.json", folder.path / "failure.json"
        if status == 0 and done.is_file():
            told = msgspec.json.decode(done.read_bytes())
            return replace(job, status=Status.DONE, ended=ended, **told)
        if failed.is_file():
            failure = msgspec.json.decode(failed.read_bytes(), type=Failure)
        else:
            failure = Failure("Stopped", f"The process ended unexpectedly (status {status}).")
        return replace(job, status=Status.FAILED, ended=ended, failure=failure)


def _age(job: Job) -> tuple[str, str]:
    return job.created, job.id


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_TERM)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
