"""Emulated threads take turns in the one real thread: each runs until it waits, and goes on when its wait is over."""
import asyncio
import contextlib
import contextvars
import functools
import io
import sys
import threading
from asyncio import events

from . import running
from .blocking import Blocking, Wait, timer_run
from .clock import FOREVER
from .limits import DaemonCut, LimitReached
from .locks import lock_class, rlock_class
from .processes import Memory, in_memory
from .twins import Twins

#: How far ahead of the others a daemon thread, which may never end, is followed where it cannot be left.
DAEMON_SECONDS = 600


class Job:
    """A thread's work: the generator `body` is stepped at `since`, its own moment, until `wait` is over."""

    __slots__ = ("number", "thread", "since", "body", "done", "context", "wait", "planned")

    def __init__(self, number: int, thread, since: int, body, done, context) -> None:
        self.number, self.thread, self.since = number, thread, since
        self.body, self.done, self.context = body, done, context
        self.wait: Wait | None = None
        self.planned: tuple | None = None


class Turns:
    """The jobs that run. `programs` are the blocks in which the sources of their functions are found."""

    def __init__(self, recorder) -> None:
        self.recorder = recorder
        self.programs: list = []
        lock = lock_class(self)
        self.locks = lock, rlock_class(lock)
        self._twins: Twins | None = None
        self._alive: list[Job] = []
        self._waiting: list[Job] = []
        self._waited_for = 0
        self._horizon: int | None = None
        #: The memory of the process that runs now; None while the program's own does.
        self.memory: Memory | None = None
        #: The job that runs now; None while the main thread does.
        self.running: Job | None = None

    # What a job is

    def run(self, number: int, thread, body, done, name: str | None = None, context=None) -> Job:
        """Starts a job, which runs until it first waits; `done(result, error)` is called at the moment of its end. The
        trace calls its thread `name`; `context` is that of its variables, if it has one."""
        if self.memory is not None:
            body = in_memory(self, self.memory, body)
        start = self.recorder.clock.read()
        self.recorder.event("tstart", None, number, name or thread.name, start)
        job = Job(number, thread, start + self.delay(), body, done, context)
        self._alive.append(job)
        self._step(job, None)
        return job

    def body(self, function, arguments, options):
        """A call, as a job's body."""
        if self._twins is None:
            blocking = Blocking(self.locks, running.methods(self.session.loop_class), {asyncio.run: running.run})
            self._twins = Twins(self.programs, self.recorder.file, blocking)
        value = self._twins.pick(function)(*arguments, **options)
        return (yield from value) if self._twins.pauses(value) else value

    def thread_body(self, thread):
        """What `threading.Thread.run` and `threading.Timer.run` do, and those of the program's own classes."""
        kind = type(thread)
        if kind.run is threading.Timer.run:
            if (yield from timer_run(thread)):
                yield from self.body(thread.function, thread.args, thread.kwargs)
            thread.finished.set()
        elif kind.run is not threading.Thread.run:
            yield from self.body(thread.run, (), {})
        elif thread._target is not None:
            try:
                yield from self.body(thread._target, thread._args, thread._kwargs)
            finally:
                del thread._target, thread._args, thread._kwargs

    def end_early(self, job: Job) -> None:
        """Somebody else ends a job where it stands."""
        if job in self._alive:
            self._alive.remove(job)
            self._waiting[:] = [one for one in self._waiting if one is not job]
            self.forget(job.planned)
            self.recorder.event("tend", None, job.number, self.recorder.clock.now, "error")
            job.wait = job.planned = None

    def is_running(self, job: Job) -> bool:
        return job in self._alive or job.since > self.recorder.clock.read()

    def is_busy(self) -> bool:
        """Whether any job could go on by itself or by what others do."""
        return bool(self._waiting) or self.next_time() is not None

    def delay(self) -> int:
        """Nanoseconds that the system takes until a thread runs: none, unless this world is a varied one."""
        return self.recorder.variation.delay() if self.recorder.variation else 0

    # Its turns

    def poll(self) -> None:
        """Threads whose wait is over go on, in the order in which they began to wait."""
        again = bool(self._waiting) and self.recorder.clock.private is None
        while again:
            again = False
            for job in list(self._waiting):
                if job.since <= self.recorder.clock.now and job in self._waiting:
                    with self._as(job):
                        ready = job.wait.ready()
                    if ready:
                        self._waiting.remove(job)
                        self.forget(job.planned)
                        self._step(job, True)
                        again = True

    @contextlib.contextmanager
    def _as(self, job: Job):
        """What runs is the job's thread, at its own moment."""
        recorder, clock = self.recorder, self.recorder.clock
        outer = clock.private, recorder.task, self._horizon, self.running
        active, identity = threading._active, threading.get_ident()
        outer_thread, loop = active.get(identity), events._get_running_loop()
        clock.private, recorder.task, self.running = max(clock.now, job.since), None, job
        self._horizon = clock.private + DAEMON_SECONDS * 10**9 if job.thread.daemon else None
        active[identity] = job.thread
        events._set_running_loop(None)
        try:
            yield
        finally:
            job.since = clock.private
            events._set_running_loop(loop)
            active[identity] = outer_thread
            clock.private, recorder.task, self._horizon, self.running = outer
            self.touches.moved()

    def _step(self, job: Job, value) -> None:
        result = error = wait = None
        touches = self.touches
        touches.on, looks, touches.looks = True, touches.looks, False
        with self._as(job):
            try:
                wait = job.body.send(value) if job.context is None else job.context.run(job.body.send, value)
            except StopIteration as stop:
                result = stop.value
            except (KeyboardInterrupt, LimitReached):
                raise
            except DaemonCut:
                self._alive.remove(job)
                self.recorder.clock.private = FOREVER
                return
            except BaseException as caught:
                error = caught
            finally:
                touches.looks = looks
        if wait is None:
            self._end(job, result, error)
            return
        if wait.ready is not None:
            job.wait, job.planned = wait, None
            self._waiting.append(job)
            if job.since > self.recorder.clock.now:
                self.later(job.since, lambda: None)
        if wait.seconds is not None:
            length = max(round(float(wait.seconds) * 1e9), int(wait.seconds > 0))
            job.planned = self.later(job.since + length + self.delay(), lambda: self._over(job, wait))

    def _over(self, job: Job, wait: Wait) -> None:
        """The time of a wait is over."""
        if wait.ready is None:
            self._step(job, True)
        elif job.wait is wait and job in self._waiting:
            self._waiting.remove(job)
            with self._as(job):
                ready = wait.ready()
            self._step(job, bool(ready))

    def _end(self, job: Job, result, error) -> None:
        self._alive.remove(job)
        if not job.thread.daemon:
            self._waited_for = max(self._waited_for, job.since)
        self.recorder.event("tend", None, job.number, job.since, "ok" if error is None else "error")
        self.later(job.since, functools.partial(job.done, result, error))
        # Nothing of what only the program knows is kept from now on.
        job.thread = job.body = job.done = job.context = job.wait = job.planned = None

    # The end of the program

    def finish(self) -> None:
        """The block has ended: threads that still run are waited for, as Python does at exit; daemons are not."""
        recorder = self.recorder
        self.poll()
        while recorder.stopped is None and (following := self.next_time()) is not None and (
                following <= self._waited_for or self._is_awaited()):
            if following > recorder.limits["virtualSeconds"] * 10**9:
                recorder.stop("virtualSeconds", None)
                break
            self.go_to(following)
        if recorder.stopped is None and self._is_awaited():
            recorder.stop("thread", None)
        self._leave_behind()

    def _is_awaited(self) -> bool:
        return any(not job.thread.daemon for job in self._alive)

    def _leave_behind(self) -> None:
        """Threads that still wait end with the program, which sees nothing of it."""
        streams, frozen = (sys.stdout, sys.stderr), self.recorder.frozen
        sys.stdout = sys.stderr = io.StringIO()
        self.recorder.frozen = True
        for job in self._alive:
            with contextlib.suppress(BaseException):
                job.body.close()
        sys.stdout, sys.stderr = streams
        self.recorder.frozen = frozen


def in_context(function, arguments: tuple, options: dict) -> tuple:
    """`(context, function, arguments, options)` of a call: `to_thread` wraps it in `partial(context.run, …)`."""
    if isinstance(function, functools.partial) and function.args:
        context = getattr(function.func, "__self__", None)
        if isinstance(context, contextvars.Context) and function.func.__name__ == "run":
            return context, function.args[0], (*function.args[1:], *arguments), {**function.keywords, **options}
    return None, function, arguments, options
