"""Grade many submissions on several workers."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from autograder.grading.find import Submission
from autograder.grading.replay import Replayed, Task
from autograder.grading.results import SubmissionResult
from autograder.grading.stage import StageError, load_stage
from autograder.grading.worker import Worker
from autograder.sandbox import TemplateError
from autograder.sandbox.bwrap import library_settings
from autograder.student.walls import die_with_parent

# So many pools in a row may end without a single grade.
_TRIES = 3
_worker: Worker | None = None
_problem = ""


class GradingError(Exception):
    """Grading could not go on; the message says what stands in the way."""


def lost_worker(path: str = "") -> GradingError:
    """Return the error that says what it means when worker processes end by themselves.

    ``path`` is the submission that was in hand again and again, if one was.
    """
    times = f" {_TRIES} times, at last with {path} in hand," if path else ""
    aside = " Or move that file aside: the same command grades what is left." if path else ""
    return GradingError(
        f"a worker ended{times} before its work was done; it was killed from outside, or this "
        f"machine ran out of memory. Try fewer --jobs.{aside}"
    )


def grade_all(
    stage_dir: Path,
    submissions: Sequence[Submission],
    *,
    jobs: int,
    sandbox: str,
    on_result: Callable[[SubmissionResult], None],
    public_only: bool = False,
    absent: tuple[Path, ...] = (),
) -> list[SubmissionResult]:
    """Grade submissions of one stage; return their results in the order given.

    Parameters
    ----------
    stage_dir : Path
        ``dist/<stage>``, as ``autograder build`` wrote it.
    jobs : int
        How many workers grade side by side. It changes the time that grading takes, not a grade.
    sandbox : {"bwrap", "bwrap-each", "uid", "none"}
        A driver that ``sandbox.choose`` returned.
    on_result : callable
        Called here, in this process, with each result as it comes, in no certain order.
    public_only : bool
        Run the public tests only.
    absent : tuple of Path
        What must not be seen from inside the sandbox, besides ``stage_dir``.

    Raises
    ------
    StageError, GradingError
        When the stage is not built, or its workers cannot be started.
    """
    load_stage(stage_dir)  # a stage that is not built is the caller's error, not a worker's
    results: dict[int, SubmissionResult] = {}
    todo = list(range(len(submissions)))
    fruitless = 0
    while todo:
        # After a loss that brought no grade, one at a time: then it is known whom it meets.
        jobs_now = 1 if fruitless else min(jobs, len(todo))
        before = len(results)
        with open_workers(stage_dir, jobs_now, sandbox, public_only, absent) as pool:
            try:
                for index, result in _graded(pool, submissions, todo):
                    results[index] = result
                    on_result(result)
            except BaseException:
                # Interrupted: nobody waits for the submissions in hand. The pool's thread is waited
                # for: Python stumbles over one that ends while Python itself does.
                for process in multiprocessing.active_children():
                    process.kill()
                pool.shutdown(cancel_futures=True)
                raise
        # A worker was killed from outside; what it and the others had not finished is graded
        # again. What was in hand goes last: if it is the cause, it shall not stop the others.
        left = [index for index in todo if index not in results]
        todo = left[jobs_now:] + left[:jobs_now]
        fruitless = 0 if len(results) > before else fruitless + 1
        if todo and fruitless >= _TRIES:
            raise lost_worker(submissions[left[0]].path)
    return [results[index] for index in range(len(submissions))]


def _graded(
    pool: ProcessPoolExecutor, submissions: Sequence[Submission], todo: Sequence[int]
) -> Iterator[tuple[int, SubmissionResult]]:
    """Yield results as they come, less those that a broken pool did not finish."""
    futures: dict[Future[SubmissionResult], int] = {}
    with contextlib.suppress(BrokenProcessPool):
        for index in todo:
            futures[pool.submit(grade_here, submissions[index])] = index
    for future in as_completed(futures):
        try:
            result = future.result()
        except BrokenProcessPool:
            continue
        yield futures[future], result


@contextlib.contextmanager
def open_workers(
    stage_dir: Path,
    jobs: int,
    sandbox: str,
    public_only: bool = False,
    absent: tuple[Path, ...] = (),
) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of workers of one stage; submit ``grade_here`` or ``replay_here`` to it."""
    context = multiprocessing.get_context("spawn")
    slot = context.Value("i", 0)
    with (
        _inherited(library_settings()),
        ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_start_worker,
            initargs=(stage_dir, sandbox, slot, public_only, absent),
        ) as pool,
    ):
        yield pool


@contextlib.contextmanager
def _inherited(settings: dict[str, str]) -> Iterator[None]:
    """Have the workers start with these variables: libraries read them while they are imported."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start_worker(
    stage_dir: Path,
    sandbox: str,
    slot: Synchronized[int],
    public_only: bool,
    absent: tuple[Path, ...],
) -> None:
    """Run in each new worker process: load the stage and start its template."""
    global _worker, _problem
    # Ctrl-C is the main process's to answer; when that is killed, we go too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    parent = multiprocessing.parent_process()
    if parent is None or os.getppid() != parent.pid:
        # It was killed before the kernel knew that we go with it.
        os._exit(1)
    with slot.get_lock():
        number = slot.value
        slot.value += 1
    # Examiner and child take turns; on one core a turn costs half. Template and forks inherit it.
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[number % len(cores)]})
    try:
        _worker = Worker(stage_dir, sandbox, absent, public_only)
    except (TemplateError, StageError, ImportError) as error:
        # Told by grade_here: what an initializer raises never reaches the main process.
        _problem = str(error)
        return
    gc.collect()
    gc.freeze()
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        _problem = f"the worker has {threads} threads and cannot fork safely"


def replay_here(tasks: Sequence[Task]) -> list[Replayed]:
    """Replay variants of the key in the worker process that this runs in."""
    if _problem or _worker is None:
        raise GradingError(_problem or "this process is no worker")
    return _worker.replay(tasks)


def grade_here(submission: Submission) -> SubmissionResult:
    """Grade in the worker process that this runs in."""
    if _problem or _worker is None:
        raise GradingError(_problem or "this process is no worker")
    return _worker.grade(submission)
