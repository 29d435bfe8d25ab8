"""How time passes: what is planned for later, and the threads that wait until then.

The main thread's waits are the motor: while it waits, whatever is due happens, each at its own time. A loop in an
emulated thread moves on in them too. Its replay is about that loop: while one is open the trace tells each move of the
clock as the loop's `advance`, and not that the main thread is held.
"""
import heapq
import itertools
import sys

from .limits import DaemonCut, Unavailable
from .processes import outside
from .turns import DAEMON_SECONDS, Turns

_WAITS = "a thread that waits for something the main thread still has to do cannot be emulated"
_LOOKS = "a thread that looks again and again whether another has changed something cannot be emulated"
_BLOCKS = "a loop in a thread of its own that is blocked while the main thread goes on cannot be emulated"
_TWO = "two event loops that run at the same time cannot be emulated"


class _Held:
    """The main thread, while it waits: until `ready()`, or for ever where `deadline` (ns) is None. What came before
    `since` is told already."""

    def __init__(self, api: str, frame, ready, deadline: int | None, since: int) -> None:
        self.api, self.frame, self.ready, self.deadline, self.since = api, frame, ready, deadline, since


class Passing(Turns):
    def __init__(self, session) -> None:
        super().__init__(session.recorder)
        self.session = session
        self._later: list = []
        self._order = itertools.count()
        self._main: _Held | None = None
        #: The jobs whose loops are open, outermost first; None is the main thread's.
        self._loops: list = []
        self.recorder.clock.listeners.append(self._until)

    # What happens later

    def later(self, at: int, action) -> tuple:
        """Runs `action` when the loop's clock reaches `at` nanoseconds; equal times in the order of the calls. What it
        gives can be forgotten again."""
        planned = (at, next(self._order), action)
        heapq.heappush(self._later, planned)
        return planned

    def forget(self, planned: tuple | None) -> None:
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
        while self._later and self._later[0][0] <= to:
            self._happen()

    def _happen(self) -> None:
        at, _, action = heapq.heappop(self._later)
        self._reach(at)
        action()
        self.poll()

    def _reach(self, to: int) -> None:
        """The clock moves. While a loop in a thread is open, it does so because that loop has nothing to do."""
        clock, came_from = self.recorder.clock, self.recorder.clock.now
        if to > came_from:
            clock.reach(to)
            if self.running is None and any(self._loops):
                self.recorder.event("advance", None, came_from, to)

    def go_to(self, to: int) -> None:
        """Time goes by up to `to`; also what is due right now happens, for which the clock need not move."""
        self._until(to)
        self._reach(to)

    # Who waits meanwhile

    def block_until(self, ready, timeout, api: str) -> bool:
        """The thread waits until `ready()`; time passes for the emulated threads. False when `timeout` (seconds) ran
        out first."""
        clock, frame = self.recorder.clock, sys._getframe(1)
        if ready():
            return True
        if clock.private is not None:
            if timeout is None:
                self.cannot(_WAITS, frame)
            clock.private += round(timeout * 1e9)
            return ready()
        deadline = None if timeout is None else clock.now + max(0, round(timeout * 1e9))
        if self.running is not None:
            return self.wait_inside(ready, deadline, api, frame)
        return self._wait_outside(_Held(api, frame, ready, deadline, clock.now))

    def _wait_outside(self, main: _Held) -> bool:
        """The main thread waits, and with it its loop, if it has one."""
        recorder = self.recorder
        outer, self._main = self._main, main
        try:
            self.poll()
            while not main.ready():
                following = self.next_time()
                if following is None or main.deadline is not None and following > main.deadline:
                    if main.deadline is None:
                        recorder.stop("thread", recorder.site_of(main.frame))
                        recorder.interrupt()
                        raise Unavailable("a thread would wait for ever")
                    self.go_to(main.deadline)
                    break
                if self._is_too_late(following, main.frame):
                    recorder.interrupt()
                self.go_to(following)
        finally:
            self._main = outer
        if not any(self._loops):
            self._tell(main)
        return main.ready()

    def hold(self, length: int, api: str) -> None:
        """The thread waits for `length` nanoseconds, and with it the loop; an emulated one waits alone. Who began to
        wait first goes on first."""
        clock, frame = self.recorder.clock, sys._getframe(1)
        if clock.private is not None:
            self.sleep(length)
            return
        end, over = clock.now + length, []
        if self.running is not None:
            self.wait_inside(lambda: False, end, api, frame)
            return
        self.later(end, lambda: over.append(True))
        outer, self._main = self._main, _Held(api, frame, lambda: bool(over), end, clock.now)
        main = self._main
        try:
            self.poll()
            while not over:
                self._happen()
        finally:
            self._main = outer
        if self._is_too_late(clock.now, frame):
            self.recorder.interrupt()
        if not any(self._loops):
            self._tell(main)

    def _is_too_late(self, moment: int, frame) -> bool:
        if moment <= self.recorder.limits["virtualSeconds"] * 10**9:
            return False
        self.recorder.stop("virtualSeconds", self.recorder.site_of(frame))
        return True

    def _tell(self, main: _Held) -> None:
        """The `block` of a wait up to now."""
        site = self.recorder.site_of(main.frame)
        if self.recorder.clock.now > main.since and site is not None:
            self.recorder.held(main.api, main.since, site)
        main.since = self.recorder.clock.now

    def sleep(self, length: int) -> None:
        """An emulated thread sleeps for `length` nanoseconds where it cannot be left."""
        recorder, clock = self.recorder, self.recorder.clock
        clock.private += length + self.delay()
        self.touches.moved()
        if self._horizon is not None and clock.private > self._horizon:
            raise DaemonCut
        if self.touches.looks and clock.private > clock.now + DAEMON_SECONDS * 10**9 and self._horizon is None:
            self.cannot(_LOOKS, sys._getframe(1))
        if self._is_too_late(clock.private, sys._getframe(1)):
            recorder.interrupt()

    def out_of_time(self, frame) -> None:
        """The block has used up its real time: perhaps in a thread that looks for what cannot happen meanwhile."""
        if self.recorder.clock.private is not None and self.touches.looks:
            self.cannot(_LOOKS, frame)

    # Loops in emulated threads

    def is_ahead(self) -> bool:
        """Whether the thread that runs has moved its own clock ahead."""
        clock = self.recorder.clock
        return clock.private is not None and clock.private > clock.now

    def loop_opens(self, frame) -> int:
        """A loop starts to run in the thread that runs now. What it gives is for `loop_closes`. A trace tells of one
        loop at a time."""
        if any(job is not self.running for job in self._loops):
            self.cannot(_TWO, frame)
        if self._main is not None and self.running is not None:
            self._tell(self._main)
        self._loops.append(self.running)
        number = self.recorder.number("loop")
        self.recorder.event("open", None, number)
        return number

    def loop_closes(self, number: int) -> None:
        self._loops.pop()
        if self._main is not None:
            self._main.since = self.recorder.clock.now
        self.recorder.event("close", None, number)

    def wait_inside(self, ready, deadline: int | None, api: str, frame) -> bool:
        """The thread of a loop is blocked in the middle of a step, on top of the main thread's frames: it can go on
        only while that waits anyway."""
        recorder, clock = self.recorder, self.recorder.clock
        start = clock.now
        with outside(self):
            self.poll()
        while not ready():
            main, following = self._main, self.next_time()
            if main is None or main.ready() or self.memory is not None and self.memory.outer is not None:
                self.cannot(_BLOCKS, frame)
            if following is None or deadline is not None and following > deadline:
                following = deadline
            if following is None or main.deadline is not None and main.deadline < following:
                self.cannot(_WAITS if following is None else _BLOCKS, frame)
            if self._is_too_late(following, frame):
                recorder.interrupt()
            with outside(self):
                self.go_to(following)
            if following == deadline:
                break
        site = recorder.site_of(frame)
        if clock.now > start and site is not None:
            recorder.held(api, start, site)
        return bool(ready())
