"""Emulated threads: executors, `asyncio.to_thread`, `threading.Thread`.

A job runs as soon as a virtual worker is free, in the one real thread there is, on a private clock that starts at that
moment. What it does later on that clock (a print after a `time.sleep`, its end) waits in `_later` until the loop's
clock gets there. A job that must wait for the loop cannot be emulated and gets a clear error.
"""
import concurrent.futures
import functools
import heapq
import itertools
import queue
import sys
import threading
import _threading_local
from asyncio import events, futures
from collections import deque
from concurrent.futures import _base

from .clock import FOREVER
from .handover import handovers
from .limits import DaemonCut, Unavailable
from .locks import lock_class

_EMULATION = "a thread that waits for something the main thread still has to do cannot be emulated"
#: `min(32, cpus + 4)` of CPython's `ThreadPoolExecutor`, for four processors.
_DEFAULT_WORKERS = 8
#: How far ahead of the others a daemon thread, which may never end, is followed.
_DAEMON_SECONDS = 600


class Jobs:
    def __init__(self, session) -> None:
        self.session = session
        self.recorder = session.recorder
        self._later: list = []
        self._order = itertools.count()
        self.default_pool = None
        self._waited_for = 0
        self.recorder.clock.listeners.append(self._until)
        self.pool_class = _pool_class(self)

    def hooks(self) -> list:
        """What `Monitor` has to watch for it: nothing, the classes of `patches` tell it all."""
        return []

    # What happens later

    def later(self, at: int, action) -> tuple:
        """Runs `action` when the loop's clock reaches `at` nanoseconds; equal times in the order of the calls. What it
        gives can be forgotten again."""
        planned = (at, next(self._order), action)
        heapq.heappush(self._later, planned)
        return planned

    def forget(self, planned: tuple) -> None:
        """What was planned does not happen, if it has not happened yet."""
        if planned in self._later:
            self._later.remove(planned)
            heapq.heapify(self._later)

    def next_time(self) -> int | None:
        return self._later[0][0] if self._later else None

    def deliver_due(self) -> None:
        self._until(self.recorder.clock.now)

    def _until(self, to: int) -> None:
        """Everything that is due up to `to`, each at its own time."""
        clock = self.recorder.clock
        while self._later and self._later[0][0] <= to:
            at, _, action = heapq.heappop(self._later)
            clock.reach(at)
            action()

    def finish(self) -> None:
        """The block has ended: threads that still run are waited for, as Python does at exit; daemons are not."""
        while self._later and self._later[0][0] <= self._waited_for and self.recorder.stopped is None:
            self._pass(self._later[0][0])

    def _pass(self, to: int) -> None:
        """Time goes by up to `to`; also what is due right now happens, for which the clock need not move."""
        self.recorder.clock.advance(to)
        self._until(to)

    def block_until(self, ready, timeout, api: str) -> bool:
        """The thread waits until `ready()`; time passes for the emulated threads. False when `timeout` (seconds) ran
        out first."""
        recorder, clock = self.recorder, self.recorder.clock
        if ready():
            return True
        if clock.private is not None:
            if timeout is None:
                raise Unavailable(_EMULATION)
            clock.private += round(timeout * 1e9)
            return ready()
        start = clock.now
        deadline = None if timeout is None else start + max(0, round(timeout * 1e9))
        while not ready():
            following = self.next_time()
            if following is None or deadline is not None and following > deadline:
                if deadline is None:
                    recorder.stop("thread", recorder.site_of(sys._getframe(1)))
                    recorder.interrupt()
                    raise Unavailable("a thread would wait for ever")
                clock.advance(deadline)
                break
            self._pass(following)
        site = recorder.site_of(sys._getframe(1))
        if clock.now > start and site is not None:
            recorder.event("block", recorder.task, api, start, clock.now, site)
        return ready()

    # Jobs

    def run_in_executor(self, loop, executor, function, arguments):
        if executor is None:
            if self.default_pool is None:
                self.default_pool = self.pool_class(thread_name_prefix="asyncio")
            executor = self.default_pool
        submitted = executor.submit(function, *arguments)
        future = futures.wrap_future(submitted, loop=loop)
        future._job = getattr(submitted, "_job", None)
        return future

    def run(self, number: int, thread, function) -> tuple:
        """Runs a job on a private clock from now. Gives `(end in nanoseconds, result, error)`."""
        recorder, clock = self.recorder, self.recorder.clock
        outer_private, start = clock.private, clock.read()
        outer_horizon, self._horizon = self._horizon, start + _DAEMON_SECONDS * 10**9 if thread.daemon else None
        outer_task = recorder.task
        active, identity = threading._active, threading.get_ident()
        outer_thread = active.get(identity)
        recorder.event("tstart", None, number, thread.name, start)
        clock.private, recorder.task = start + self._delay(), None
        active[identity] = thread
        loop = events._get_running_loop()
        events._set_running_loop(None)
        result = error = None
        try:
            result = function()
        except KeyboardInterrupt:
            raise
        except DaemonCut:
            clock.private = FOREVER
        except BaseException as caught:
            error = caught
        finally:
            end = clock.private
            events._set_running_loop(loop)
            clock.private, recorder.task = outer_private, outer_task
            active[identity] = outer_thread
            self._horizon = outer_horizon
        if not thread.daemon:
            self._waited_for = max(self._waited_for, end)
        if end == FOREVER:
            return end, None, None
        recorder.event("tend", None, number, end, "ok" if error is None else "error")
        return end, result, error

    def hold(self, length: int, api: str) -> None:
        """The thread waits for `length` nanoseconds, and with it the loop; an emulated one waits alone."""
        recorder, clock = self.recorder, self.recorder.clock
        if clock.private is not None:
            self.sleep(length)
            return
        start = clock.now
        clock.advance(start + length)
        site = recorder.site_of(sys._getframe(1))
        if clock.now > recorder.limits["virtualSeconds"] * 10**9:
            recorder.stop("virtualSeconds", site)
            recorder.interrupt()
        if site is not None:
            recorder.held(api, start, site)

    def sleep(self, length: int) -> None:
        """An emulated thread sleeps for `length` nanoseconds."""
        recorder, clock = self.recorder, self.recorder.clock
        clock.private += length + self._delay()
        if self._horizon is not None and clock.private > self._horizon:
            raise DaemonCut
        if clock.private > recorder.limits["virtualSeconds"] * 10**9:
            recorder.stop("virtualSeconds", recorder.site_of(sys._getframe(1)))
            recorder.interrupt()

    _horizon: int | None = None

    def _delay(self) -> int:
        """Nanoseconds that the system takes until a thread runs: none, unless this world is a varied one."""
        return self.recorder.variation.delay() if self.recorder.variation else 0

    def patches(self) -> list:
        """What stands in for threads: `(object, name, replacement)`."""
        jobs = self
        active = {}

        def start(thread):
            if thread._started.is_set():
                raise RuntimeError("threads can only be started once")
            thread._started.set()
            number = jobs.recorder.number("job")
            jobs.recorder.event("submit", jobs.recorder.task, number, thread.name,
                                jobs.recorder.site_of(sys._getframe(1)))
            thread._ident = 1000 + number

            def body():
                try:
                    thread.run()
                except SystemExit:
                    pass
                except Unavailable:
                    raise
                except Exception:
                    threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), thread)))

            end, _, error = jobs.run(number, thread, body)
            active[id(thread)] = (end, thread)
            if end != FOREVER:
                jobs.later(end, lambda: None)
            if error is not None:
                raise error

        def is_alive(thread):
            if thread is _main_thread:
                return True
            return id(thread) in active and jobs.recorder.clock.read() < active[id(thread)][0]

        def join(thread, timeout=None):
            if id(thread) not in active:
                raise RuntimeError("cannot join thread before it is started")
            jobs.block_until(lambda: not is_alive(thread), timeout, "Thread.join")

        def wait(condition, timeout=None):
            if not condition._is_owned():
                raise RuntimeError("cannot wait on un-acquired lock")
            waiter = threading._allocate_lock()
            waiter.acquire()
            condition._waiters.append(waiter)
            saved = condition._release_save()
            got = False
            try:
                got = jobs.block_until(lambda: not waiter.locked(), timeout, "wait")
                return got
            finally:
                condition._acquire_restore(saved)
                if not got:
                    try:
                        condition._waiters.remove(waiter)
                    except ValueError:
                        pass

        return [
            (threading.Thread, "start", start),
            (threading.Thread, "join", join),
            (threading.Thread, "is_alive", is_alive),
            (threading.Condition, "wait", wait),
            *handovers(jobs),
            (threading, "Lock", lock_class(jobs)),
            (threading, "local", _threading_local.local),
            (queue, "SimpleQueue", queue._PySimpleQueue),
            (threading, "_counter", itertools.count(1).__next__),
            (concurrent.futures, "ThreadPoolExecutor", self.pool_class),
            (concurrent.futures, "ProcessPoolExecutor", self.pool_class),
        ]


_main_thread = threading.main_thread()


def _pool_class(jobs: Jobs):
    recorder = jobs.recorder
    names = itertools.count()

    class ThreadPoolExecutor(_base.Executor):
        """Runs jobs as CPython's pool does, first in first out, on virtual workers."""

        def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=(), **_more):
            if max_workers is not None and max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            self._max_workers = max_workers or _DEFAULT_WORKERS
            self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{next(names)}"
            self._initializer, self._initargs = initializer, initargs
            self._idle: deque[int] = deque()
            self._threads: list = []
            self._queue: deque = deque()
            self._busy = 0
            self._shutdown = False

        def submit(self, fn, /, *args, **kwargs):
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future = _base.Future()
            future._job = number = recorder.number("job")
            recorder.event("submit", recorder.task, number, job_name(fn, args), recorder.site_of(sys._getframe(1)))
            self._queue.append((future, number, lambda: fn(*args, **kwargs)))
            self._start_next()
            return future

        def _start_next(self):
            while self._queue and (self._idle or len(self._threads) < self._max_workers):
                future, number, call = self._queue.popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                fresh = not self._idle
                if fresh:
                    worker = len(self._threads)
                    thread = threading.Thread(name=f"{self._thread_name_prefix}_{worker}")
                    thread._started.set()
                    thread._ident = 1000 + number
                    self._threads.append(thread)
                else:
                    worker = self._idle.popleft()

                def body(call=call, fresh=fresh):
                    if fresh and self._initializer is not None:
                        self._initializer(*self._initargs)
                    return call()

                end, result, error = jobs.run(number, self._threads[worker], body)
                self._busy += 1
                jobs.later(end, lambda ending=(worker, future, number, result, error): self._end(*ending))

        def _end(self, worker, future, number, result, error):
            self._busy -= 1
            self._idle.append(worker)
            recorder.event("deliver", None, number)
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
            self._start_next()

        def shutdown(self, wait=True, *, cancel_futures=False):
            self._shutdown = True
            if cancel_futures:
                while self._queue:
                    self._queue.popleft()[0].cancel()
            if wait and recorder.stopped is None:
                jobs.block_until(lambda: not self._busy and not self._queue, None, "shutdown")

    ThreadPoolExecutor.__module__ = "concurrent.futures.thread"
    ThreadPoolExecutor.__qualname__ = "ThreadPoolExecutor"
    return ThreadPoolExecutor


def job_name(function, arguments) -> str:
    """What a job is called: the function that its author handed over."""
    return getattr(_unwrapped(function, arguments), "__name__", type(function).__name__)


def _unwrapped(function, arguments):
    """What the author handed over: `to_thread` wraps it as `context.run`'s first argument in a partial."""
    while isinstance(function, functools.partial):
        arguments, function = function.args, function.func
    if getattr(function, "__name__", "") == "run" and arguments and callable(arguments[0]):
        return _unwrapped(arguments[0], ())
    return function
