"""Recording on the wall clock: real waits, sockets, threads and packages, in the system's own Python.

A recording is made of the same parts as on the virtual clock; this file holds those that differ. Events come only from
the thread in which the block runs. What other threads do waits in `arrivals` until that thread looks.
"""
import gc
import itertools
import linecache
import re
import signal
import threading
import time
from collections import deque

from .capture import Capture
from .limits import LimitReached
from .lines import OWN, instant_text
from .recorder import Recorder
from .session import Session
from .threads import Threads
from .wall_loop import wall_loop_class
from .world import World

#: One line that holds the thread for at least so many nanoseconds is told as a `block`.
BLOCKS_FROM = 10_000_000


class WallClock:
    """Nanoseconds of real time since the block began. `private` is None in the block's own thread and 0 in any other,
    which tells hooks that what they see is not the loop's."""

    def __init__(self) -> None:
        self.start = time.monotonic_ns()
        self.thread = threading.get_ident()
        self.listeners: list = []

    @property
    def now(self) -> int:
        return time.monotonic_ns() - self.start

    @property
    def private(self) -> int | None:
        return None if threading.get_ident() == self.thread else 0

    def since_start(self, moment: float) -> int:
        """A `loop.time()` value as nanoseconds since the block began; may be negative."""
        return round(moment * 1e9) - self.start


class WallRecorder(Recorder):
    """`arrivals` holds calls that write what other threads left."""

    def __init__(self, file: str, limits: dict, variation=None) -> None:
        self.thread = threading.get_ident()
        self.arrivals: deque = deque()
        super().__init__(file, limits, variation)
        self.clock = WallClock()

    @property
    def frozen(self) -> bool:
        """Always in other threads: they write nothing."""
        return self._frozen or threading.get_ident() != self.thread

    @frozen.setter
    def frozen(self, value: bool) -> None:
        self._frozen = value

    def event(self, kind: str, task: int | None, *own: object) -> None:
        if self.arrivals and kind != "submit" and not self.frozen:
            self.take_arrivals()
        super().event(kind, task, *own)

    def take_arrivals(self) -> None:
        """Writes what other threads left, in their order."""
        if not self._taking:
            self._taking = True
            try:
                while self.arrivals:
                    self.arrivals.popleft()()
            finally:
                self._taking = False

    _taking = False

    @property
    def head(self) -> str:
        """The moment of the next event: time does not stand still within a step."""
        return f"{instant_text(self.clock.now, self.tick)}{self.step},"

    @head.setter
    def head(self, text: str) -> None:
        pass

    def begin_step(self, handle, owner: int | None) -> None:
        self.moved()
        super().begin_step(handle, owner)

    def printed(self, stream: str, text: str) -> None:
        if threading.get_ident() != self.thread:
            self.arrivals.append(lambda: self._printed_by(None, stream, text))
        elif not self.frozen:
            self.take_arrivals()
            self._printed_by(self.task, stream, text)

    def _printed_by(self, task: int | None, stream: str, text: str) -> None:
        """The pieces of one line become one event, however long they took."""
        if self._prints:
            at, *same, _, pieces = self._prints[-1]
            if at == len(self.tape) - 3 and same == [stream, task] and not pieces[-1].endswith("\n"):
                pieces.append(text)
                return
        if not self.frozen:
            self._prints.append((len(self.tape), stream, task, 0, [text]))
            super().event("print", task, stream, "")

    def interrupt(self) -> None:
        """Another thread ends by itself and wakes the block's thread, which then ends too."""
        if threading.get_ident() == self.thread:
            super().interrupt()
        elif self.interrupt_due:
            signal.pthread_kill(self.thread, signal.SIGALRM)
            raise LimitReached(self.stopped)

    def trace_literal(self, header: dict) -> str:
        self.complete_prints()
        self.tape = self._with_blocks()
        return super().trace_literal(header)

    def _with_blocks(self) -> list[str]:
        """The tape with a `block` wherever a line of the block held the thread: what was written next tells."""
        out: list[str] = []
        begun = None
        for n in range(0, len(self.tape), 3):
            head, subject, own = self.tape[n : n + 3]
            t, _, step = map(int, re.findall(r"\d+", head))
            kind, task = re.findall(r'\\":\\?"?([^\\",]+)', subject)[:2]
            if begun is not None and step == begun[2] and t - begun[0] >= BLOCKS_FROM:
                since, of_task, _, site = begun
                out += (head, self.subjects["block"][of_task], OWN["block"](self._call_at(site), since, t, site))
                begun = (t, *begun[1:])
            if kind == "line":
                begun = (t, None if task == "null" else int(task), step, int(re.findall(r"\d+", own)[0]))
            elif kind not in ("print", "submit", "tstart", "tend"):
                begun = None
            out += (head, subject, own)
        return out

    def _call_at(self, site: int) -> str:
        """What holds the thread, in the author's words: `requests.get`, or the function that computes."""
        line, function = list(self.sites)[site]
        found = re.search(r"[A-Za-z_]\w*(?:\.\w+)+(?=\()", linecache.getline(self.file, line))
        return found[0] if found else function.rpartition(".")[2].strip("<>")


class WallSession(Session):
    recorder_class = WallRecorder
    jobs_class = Threads
    make_loop_class = staticmethod(wall_loop_class)


class WallWorld(World):
    """The block's own streams, arguments and event loop; everything else is real."""

    def patches(self) -> list:
        threads = self.session.jobs
        threads.watch()
        self._undo.append(threads.unwatch)
        self._undo.append(lambda handler=signal.getsignal(signal.SIGINT): signal.signal(signal.SIGINT, handler))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        capture = Capture(self.console)
        self.console.capture = capture
        self._undo.append(capture.close)
        gc.enable()
        self.session.recorder.clock.start = time.monotonic_ns()
        return [(threading, "_counter", itertools.count(1).__next__), *self._asyncio(), *self._leaving()]

    def own_folder(self):
        return lambda: None
