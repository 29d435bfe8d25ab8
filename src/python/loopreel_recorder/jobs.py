"""Emulated threads and processes: when their jobs run, and when what they did comes to light.

A job runs as soon as a virtual worker is free, in the one real thread there is, on a private clock that starts at that
moment. What it does later on that clock (a print after a `time.sleep`, its end) waits in `_later` until the loop's
clock gets there. A job that must wait for the loop cannot be emulated and gets a clear error.
"""
import heapq
import itertools
import sys
import threading
from asyncio import events, futures

from .clock import FOREVER
from .limits import DaemonCut, LimitReached, Unavailable
from .pools import pool_classes
from .touches import Touches

_WAITS = "a thread that waits for something the main thread still has to do cannot be emulated"
_LOOKS = "a thread that looks again and again whether another has changed something cannot be emulated"
_MEETS = "two threads use `{}` at the same time: their order cannot be emulated"
_ORDER = "threads meet at {} in another order than they began: that cannot be emulated"
_HINT = "; `engine=cpython` runs real threads"
#: How far ahead of the others a daemon thread, which may never end, is followed.
_DAEMON_SECONDS = 600


class Jobs:
    def __init__(self, session) -> None:
        self.session = session
        self.recorder = session.recorder
        self._later: list = []
        self._order = itertools.count()
        self._waited_for = 0
        self.recorder.clock.listeners.append(self._until)
        self.thread_pool, self.process_pool = pool_classes(self)
        self.touches = Touches(self.recorder.clock, lambda name, frame: self.cannot(_MEETS.format(name), frame))
        #: Why the block cannot be emulated, and where: `(sentence, site)`.
        self.unemulable: tuple | None = None

    def hooks(self) -> list:
        """What `Monitor` has to watch for it: nothing, the classes of `emulation.py` and `pools.py` tell it all."""
        return []

    def cannot(self, sentence: str, frame) -> None:
        """Ends a block that would not be recorded truthfully, from wherever it is."""
        recorder = self.recorder
        site = recorder.site_of(frame)
        self.unemulable = self.unemulable or (sentence + _HINT, site)
        recorder.stop("thread", site)
        recorder.interrupt()
        raise LimitReached(recorder.stopped)

    def misordered(self, what: str, frame) -> None:
        """Somebody who was emulated ahead has had `what` at a time at which it was another's."""
        self.cannot(_ORDER.format(what), frame)

    def caller(self):
        """The frame of whoever calls what stands in for the library."""
        return sys._getframe(2)

    def out_of_time(self, frame) -> None:
        """The block has used up its real time: perhaps in a thread that looks for what cannot happen meanwhile."""
        if self.recorder.clock.private is not None and self.touches.looks:
            self.cannot(_LOOKS, frame)

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

    def wait_for(self, moment: int) -> None:
        """The program does not end before `moment`."""
        self._waited_for = max(self._waited_for, moment)

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
                self.cannot(_WAITS, sys._getframe(1))
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
            if loop._default_executor is None:
                loop._default_executor = self.thread_pool(thread_name_prefix="asyncio")
            executor = loop._default_executor
        submitted = executor.submit(function, *arguments)
        future = futures.wrap_future(submitted, loop=loop)
        future._job = getattr(submitted, "_job", None)
        return future

    def run(self, number: int, thread, function, name: str | None = None) -> tuple:
        """Runs a job on a private clock from now, in a thread that the trace calls `name`. Gives `(end in nanoseconds, result, error)`."""
        recorder, clock = self.recorder, self.recorder.clock
        outer_private, start = clock.private, clock.read()
        outer_horizon, self._horizon = self._horizon, start + _DAEMON_SECONDS * 10**9 if thread.daemon else None
        outer_task = recorder.task
        active, identity = threading._active, threading.get_ident()
        outer_thread = active.get(identity)
        recorder.event("tstart", None, number, name or thread.name, start)
        self.touches.on = True
        outer_looks, self.touches.looks = self.touches.looks, False
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
            self.touches.looks = outer_looks
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
        if self.touches.looks and clock.private > clock.now + _DAEMON_SECONDS * 10**9 and self._horizon is None:
            self.cannot(_LOOKS, sys._getframe(1))
        if clock.private > recorder.limits["virtualSeconds"] * 10**9:
            recorder.stop("virtualSeconds", recorder.site_of(sys._getframe(1)))
            recorder.interrupt()

    _horizon: int | None = None

    def _delay(self) -> int:
        """Nanoseconds that the system takes until a thread runs: none, unless this world is a varied one."""
        return self.recorder.variation.delay() if self.recorder.variation else 0
