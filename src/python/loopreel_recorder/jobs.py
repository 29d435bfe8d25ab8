"""Emulated threads and processes: when their jobs run, and when what they did comes to light.

A job begins as soon as a virtual worker is free, in the one real thread there is, and runs until it first waits
(`turns.py`, `twins.py`, `blocking.py`); it goes on when that wait is over, at its time. Nothing else interrupts it. What
blocks where it cannot be left moves a private clock ahead; what it does later on that clock waits in `_later` until the
loop's clock gets there. A job that must then wait for others cannot be emulated and gets a clear error.
"""
import heapq
import itertools
import sys
from asyncio import futures

from .limits import DaemonCut, LimitReached, Unavailable
from .pools import pool_classes
from .touches import Touches
from .turns import DAEMON_SECONDS, Turns

_WAITS = "a thread that waits for something the main thread still has to do cannot be emulated"
_LOOKS = "a thread that looks again and again whether another has changed something cannot be emulated"
_MEETS = "two threads use `{}` at the same time: their order cannot be emulated"
_ORDER = "threads meet at {} in another order than they began: that cannot be emulated"
_HINT = "; `engine=cpython` runs real threads"


class Jobs(Turns):
    def __init__(self, session) -> None:
        super().__init__(session.recorder)
        self.session = session
        self._later: list = []
        self._order = itertools.count()
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

    def next_time(self) -> int | None:
        return self._later[0][0] if self._later else None

    def deliver_due(self) -> None:
        self.poll()
        self._until(self.recorder.clock.now)

    def _until(self, to: int) -> None:
        """Everything that is due up to `to`, each at its own time."""
        clock = self.recorder.clock
        while self._later and self._later[0][0] <= to:
            at, _, action = heapq.heappop(self._later)
            clock.reach(at)
            action()
            self.poll()

    def go_to(self, to: int) -> None:
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
        self.poll()
        while not ready():
            following = self.next_time()
            if following is None or deadline is not None and following > deadline:
                if deadline is None:
                    recorder.stop("thread", recorder.site_of(sys._getframe(1)))
                    recorder.interrupt()
                    raise Unavailable("a thread would wait for ever")
                clock.advance(deadline)
                break
            self.go_to(following)
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

    def hold(self, length: int, api: str) -> None:
        """The thread waits for `length` nanoseconds, and with it the loop; an emulated one waits alone."""
        recorder, clock = self.recorder, self.recorder.clock
        if clock.private is not None:
            self.sleep(length)
            return
        start = clock.now
        self.poll()
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
        clock.private += length + self.delay()
        self.touches.moved()
        if self._horizon is not None and clock.private > self._horizon:
            raise DaemonCut
        if self.touches.looks and clock.private > clock.now + DAEMON_SECONDS * 10**9 and self._horizon is None:
            self.cannot(_LOOKS, sys._getframe(1))
        if clock.private > recorder.limits["virtualSeconds"] * 10**9:
            recorder.stop("virtualSeconds", recorder.site_of(sys._getframe(1)))
            recorder.interrupt()
