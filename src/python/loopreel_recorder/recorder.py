"""What one recording knows at this moment, and the tape on which its events are written."""
import os
from asyncio.events import Handle
from collections.abc import Callable

from .clock import Clock
from .limits import LimitReached
from .lines import ABSENT, FIELDS, HOLE, OWN, Subject, around, instant_text, trace_literal
from .values import Addresses

__all__ = ["ABSENT", "Recorder", "TURNS_THAT_TELL"]

#: Turns at one instant that a trace keeps of a loop that had to be stopped there.
TURNS_THAT_TELL = 100
#: How often one line is written in one step; a long calculation would fill the trace with nothing else.
LINE_REPEATS = 400

_RUN_HANDLE = Handle._run.__code__
_H, _END = around("run", HOLE)

class Recorder:
    """Takes events while the block runs. Everything else of a recording hangs on it.

    `task` is the number of the task that runs now, None outside of any; `stopped` is the name of the limit that
    ended the block; `variation` is set in a world other than that of recordings; a frozen recorder drops events, so
    that a trace ends where the limit struck. A program that does more than a recording holds runs on unrecorded.

    An event is three pieces of text on `tape` (`lines.py`): `head`, the moment, which is renewed whenever time, tick or
    step move; `subjects[kind][task]`; its own fields. `calm` is the length of the tape up to which a line of the
    block may be written without a further look: nothing is near a limit. `on_step` is called before the next step.
    """

    def __init__(self, file: str, limits: dict, variation=None) -> None:
        self.file = file
        self.limits = limits
        self.variation = variation
        self.clock = Clock(variation.origin, variation.epoch, variation.lag) if variation else Clock()
        self.clock.moved = self.moved
        self.addresses = Addresses(variation.first_address) if variation else Addresses()
        self.tape: list[str] = []
        self.full = 3 * limits["events"]
        self.calm = self.step_begins = 0
        self.subjects = {kind: Subject(kind) for kind in FIELDS}
        self._enq, self._run, self._ran = (self.subjects[kind] for kind in ("enq", "run", "ran"))
        self._suspend, self._no_task_ticks = self.subjects["suspend"], self.subjects["tick"][None]
        self.sites: dict[tuple[int, str], int] = {}
        self.tick = self.step = 0
        self.task: int | None = None
        self.frozen = True
        self.stopped: str | None = None
        self.stopped_site: int | None = None
        self.interrupt_due = False
        self.on_step: Callable[[], None] | None = None
        self.faults: list[str] = []
        self.turns = 0
        self.truncated = False
        self.instant_begins = 0
        self.numbers: dict[str, int] = {"h": 0, "step": 0, "tick": 0}
        self._held: tuple = ()
        self._places: dict[tuple[int, int], int] = {}
        self._codes: list = []
        self._prints: list[tuple] = []
        self._ticks: dict[int, str] = {}
        self.suspensions: dict[tuple, list[str]] = {}
        self.bare_waits: dict[tuple, tuple] = {}
        self.moved()

    def number(self, space: str) -> int:
        """The next number of a space: `task`, `h`, `w`, `r`, `job`, `loop`, `step`."""
        self.numbers[space] = value = self.numbers.get(space, 0) + 1
        return value

    # When

    def moved(self) -> None:
        """The time, or the step, is no longer what it was."""
        self._instant = instant = instant_text(self.clock.now, self.tick)
        self._between = instant + "0,"
        self.head = f"{instant}{self.step},"

    def begin_tick(self) -> None:
        self.numbers["tick"] = self.tick = self.numbers["tick"] + 1
        self.step = 0
        self._instant = instant = instant_text(self.clock.now, self.tick)
        self.head = self._between = instant + "0,"

    def begin_step(self, handle, owner: int | None) -> None:
        """A handle runs: a new step, and its `run`."""
        numbers, tape = self.numbers, self.tape
        numbers["step"] = self.step = step = numbers["step"] + 1
        self.head = head = f"{self._instant}{step},"
        handle.text = text = handle.text + _END
        self.step_begins = at = len(tape)
        calm = at + 3 * LINE_REPEATS
        self.calm = calm if calm < self.full else self.full
        tape += (head, self._run[owner], text)

    def end_step(self, handle, owner: int | None) -> None:
        """It returned: its `ran`."""
        if not self.frozen:
            self.tape += (self.head, self._ran[owner], handle.text)
        self.step, self.head = 0, self._between

    def leave_loop(self, step: int) -> None:
        """Back in step `step`, in which a loop ran, or outside of any."""
        self.tick, self.step, self.step_begins = 0, step, len(self.tape)
        self.calm = 0 if self.frozen else min(self.step_begins + 3 * LINE_REPEATS, self.full)
        self.moved()

    # What happened

    def event(self, kind: str, task: int | None, *own: object) -> None:
        """Appends an event that happens now."""
        if self.frozen:
            return
        self.tape += (self.head, self.subjects[kind][task], OWN[kind](*own))
        if len(self.tape) >= self.full:
            self._overflow()

    def handle_text(self, number: int) -> str:
        """What the lines of a handle begin with."""
        return f"{_H}{number}"

    def queued(self, handle, rest: str) -> None:
        """`enq` of a handle; `rest` is the text of its fields behind the number (`around`)."""
        self.tape += (self.head, self._enq[handle.owner], handle.text + rest)
        if len(self.tape) >= self.full:
            self._overflow()

    def suspended(self, task: int, text: str) -> None:
        """`suspend` of a task; `text` is that of its own fields."""
        self.tape += (self.head, self._suspend[task], text)

    def ticked(self, ready: int) -> None:
        """`tick`, with the number of handles that will run in it."""
        if (text := self._ticks.get(ready)) is None:
            text = self._ticks[ready] = OWN["tick"](ready)
        self.tape += (self.head, self._no_task_ticks, text)

    def held(self, api: str, start: int, site: int) -> None:
        """A `block` event up to now. Busy waiting that goes on directly becomes one."""
        if self.frozen:
            return
        same = (api, site, self.task, self.step)
        if api == "busy waiting" and self._held[:3] == (len(self.tape), same, start):
            del self.tape[-3:]
            start = self._held[3]
        self.event("block", self.task, api, start, self.clock.now, site)
        self._held = (len(self.tape), same, self.clock.now, start)

    def printed(self, stream: str, text: str) -> None:
        """A `print` event; pieces of one line that follow each other directly become one event."""
        if self.frozen:
            return
        tape, now = self.tape, self.clock.now
        if self._prints:
            at, *same, pieces = self._prints[-1]
            if at == len(tape) - 3 and same == [stream, self.task, now] and not pieces[-1].endswith("\n"):
                pieces.append(text)
                return
        self._prints.append((len(tape), stream, self.task, now, [text]))
        self.event("print", self.task, stream, "")

    def finish(self, outcome: str, error: object) -> None:
        """Writes `end`, the last event of all."""
        self.tick = self.step = 0
        self.moved()
        self._write("end", None, outcome, error)
        self.frozen, self.calm = True, 0

    def _write(self, kind: str, task: int | None, *own: object) -> None:
        self.tape += (self.head, self.subjects[kind][task], OWN[kind](*own))

    def _overflow(self) -> None:
        del self.tape[self.full:]
        self.truncated = self.frozen = True
        self.calm = 0
        self._write("limit", self.task, "events", None)

    # Where

    def site(self, line: int, name: str) -> int:
        """The index of a source location."""
        key = (line, name)
        found = self.sites.get(key)
        if found is None:
            found = self.sites[key] = len(self.sites)
        return found

    def frame_site(self, frame) -> int:
        code = frame.f_code
        place = (id(code), frame.f_lasti)  # not the code itself, whose hash takes all of its instructions
        found = self._places.get(place)
        if found is None:
            line = frame.f_lineno or code.co_firstlineno
            found = self.site(line, code.co_qualname)
            self._places[place] = found
            self._codes.append(code)
        return found

    def site_of(self, frame) -> int | None:
        """The site of the nearest frame of the block's own code from `frame` outwards, None if there is none. What
        the loop runs was not called by the line that started the loop."""
        while frame is not None:
            code = frame.f_code
            if code.co_filename == self.file:
                return self.frame_site(frame)
            if code is _RUN_HANDLE:
                return None
            frame = frame.f_back
        return None

    # The end

    def stop(self, what: str, site: int | None) -> None:
        """Notes that limit `what` was reached and freezes the recording; the next safe point raises LimitReached.
        Of a loop that turns and turns at one instant the first turns tell enough."""
        if self.stopped is None:
            self.stopped, self.stopped_site = what, site
            if self.turns > TURNS_THAT_TELL and what in ("turns", "seconds"):
                del self.tape[self.instant_begins:]
            elif self.truncated:
                del self.tape[-3:]
            self.frozen = self.truncated = True
            self.calm = 0
            self._write("limit", self.task, what, site)
        self.interrupt_due = True

    def interrupt(self) -> None:
        """Raises LimitReached once for a limit that was reached; call where an exception does no harm."""
        if self.interrupt_due:
            self.interrupt_due = False
            raise LimitReached(self.stopped)

    def fault(self, error: BaseException) -> None:
        """A hook failed: remembered for the report, never shown to the program."""
        if os.environ.get("LOOPREEL_FAULTS"):
            raise error
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
        text = f"{type(error).__name__}: {error}{place}"
        if text not in self.faults:
            self.faults.append(text)

    def complete_prints(self) -> None:
        """Gives each `print` on the tape the text of all its pieces."""
        for at, stream, _, _, pieces in self._prints:
            if at < len(self.tape):
                self.tape[at + 2] = OWN["print"](stream, "".join(pieces))
        self._prints.clear()

    def trace_literal(self, header: dict) -> str:
        """The whole trace, JSON Lines, as a string of JSON."""
        self.complete_prints()
        head = {**header, "sites": [list(key) for key in self.sites], "limits": self.limits,
                "truncated": self.truncated}
        return trace_literal(head, self.tape)
