"""The event list of one recording and how it becomes JSON Lines (`src/trace/README.md`)."""
import json
import os
from asyncio.events import Handle
from json.encoder import encode_basestring

from .clock import Clock
from .limits import LimitReached
from .values import Addresses

#: The own fields of each kind of event, in the order in which a line has them.
FIELDS = {
    "open": ("loop",),
    "tick": ("ready",),
    "advance": ("from", "to"),
    "block": ("api", "from", "to", "site"),
    "deadlock": ("cycle",),
    "limit": ("what", "site"),
    "close": ("loop",),
    "end": ("outcome", "error"),
    "enq": ("h", "kind", "by", "label", "internal"),
    "run": ("h",),
    "ran": ("h",),
    "hcancel": ("h",),
    "timer+": ("h", "when", "api", "by", "internal"),
    "fire": ("h",),
    "timer-": ("h",),
    "spawn": ("id", "name", "coro", "args", "parent", "site", "group", "eager"),
    "suspend": ("site", "stack", "api", "leaf", "on"),
    "wake": ("by", "cause"),
    "cancelReq": ("by", "count", "message"),
    "cancelDelivered": (),
    "uncancel": ("count",),
    "done": ("outcome", "value", "error"),
    "wopen": ("w", "op", "members", "inner", "mode", "returnExceptions", "deadline", "site"),
    "wadd": ("w", "member"),
    "wdeadline": ("w", "deadline"),
    "wmember": ("w", "member", "index", "outcome"),
    "wclose": ("w", "outcome", "error"),
    "res+": ("r", "kind", "label", "value", "site", "internal", "capacity", "lock"),
    "res": ("r", "op", "value"),
    "agen": ("g", "name", "op", "site"),
    "ctx": ("op", "name", "site", "error"),
    "submit": ("job", "label", "site"),
    "tstart": ("job", "thread", "at"),
    "tend": ("job", "at", "outcome"),
    "deliver": ("job",),
    "io": ("c", "op", "what", "bytes", "simulated", "site"),
    "line": ("site",),
    "print": ("stream", "text"),
    "raise": ("site", "error"),
    "handled": ("site",),
    "var": ("name", "value", "site"),
    "mark": ("label",),
}

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


_COMMON = '{"i":%d,"t":%d,"tick":%d,"step":%d,"k":"%s","task":%s'
_CONSTANTS = {True: "true", False: "false", None: "null"}


def _write(value: object) -> object:
    kind = type(value)
    if kind is int:
        return value
    if kind is str:
        return encode_basestring(value)
    if kind is bool or value is None:
        return _CONSTANTS[value]
    if kind is list and len(value) < 2:
        if not value:
            return "[]"
        if type(value[0]) is int:
            return f"[{value[0]}]"
    return _encoder.encode(value)


_RUN = Handle._run.__code__

#: Turns at one instant that a trace keeps of a loop that had to be stopped there.
TURNS_THAT_TELL = 100

#: A field with this value is left out of its line.
ABSENT = object()


class Recorder:
    """Takes events while the block runs. Everything else of a recording hangs on it.

    `task` is the number of the task that runs now, None outside of any; `stopped` is the name of the limit that
    ended the block; `variation` is set in a world other than that of recordings; a frozen recorder drops events, so that a trace ends where the limit struck. A program that does
    more than a recording holds runs on unrecorded.
    """

    def __init__(self, file: str, limits: dict, variation=None) -> None:
        self.file = file
        self.limits = limits
        self.variation = variation
        self.clock = Clock(variation.origin, variation.epoch, variation.lag) if variation else Clock()
        self.addresses = Addresses(variation.first_address) if variation else Addresses()
        self.events: list[tuple] = []
        self.sites: dict[tuple[int, str], int] = {}
        self.tick = self.step = 0
        self.task: int | None = None
        self.frozen = True
        self.stopped: str | None = None
        self.stopped_site: int | None = None
        self.interrupt_due = False
        self.faults: list[str] = []
        self.turns = 0
        self.truncated = False
        self.instant_begins = 0
        self._numbers: dict[str, int] = {}
        self._held: tuple = ()
        self._places: dict[tuple, int] = {}

    def number(self, space: str) -> int:
        """The next number of a space: `task`, `h`, `w`, `r`, `job`, `loop`, `step`."""
        self._numbers[space] = value = self._numbers.get(space, 0) + 1
        return value

    def event(self, kind: str, task: int | None, *own: object) -> None:
        """Appends an event that happens now."""
        if self.frozen:
            return
        self.events.append((self.clock.now, self.tick, self.step, kind, task, own))
        if len(self.events) >= self.limits["events"]:
            self.truncated = self.frozen = True
            self.events.append((self.clock.now, self.tick, self.step, "limit", self.task, ("events", None)))

    def held(self, api: str, start: int, site: int) -> None:
        """A `block` event up to now. Busy waiting that goes on directly becomes one."""
        if self.frozen:
            return
        same = (api, site, self.task, self.step)
        if api == "busy waiting" and self._held[:3] == (len(self.events), same, start):
            self.events.pop()
            start = self._held[3]
        self.event("block", self.task, api, start, self.clock.now, site)
        self._held = (len(self.events), same, self.clock.now, start)

    def printed(self, stream: str, text: str) -> None:
        """A `print` event; pieces of one line that follow each other directly become one event."""
        if self.frozen:
            return
        last = self.events[-1] if self.events else None
        if last is not None and last[3] == "print" and last[5][0] == stream and last[4] == self.task:
            if last[0] == self.clock.now and not last[5][1].endswith("\n"):
                self.events[-1] = (*last[:5], (stream, last[5][1] + text))
                return
        self.event("print", self.task, stream, text)

    def site(self, line: int, name: str) -> int:
        """The index of a source location."""
        key = (line, name)
        found = self.sites.get(key)
        if found is None:
            found = self.sites[key] = len(self.sites)
        return found

    def frame_site(self, frame) -> int:
        place = (frame.f_code, frame.f_lasti)
        found = self._places.get(place)
        if found is None:
            line = frame.f_lineno or frame.f_code.co_firstlineno
            found = self._places[place] = self.site(line, frame.f_code.co_qualname)
        return found

    def site_of(self, frame) -> int | None:
        """The site of the nearest frame of the block's own code from `frame` outwards, None if there is none. What
        the loop runs was not called by the line that started the loop."""
        while frame is not None:
            code = frame.f_code
            if code.co_filename == self.file:
                return self.frame_site(frame)
            if code is _RUN:
                return None
            frame = frame.f_back
        return None

    def stop(self, what: str, site: int | None) -> None:
        """Notes that limit `what` was reached and freezes the recording; the next safe point raises LimitReached.
        Of a loop that turns and turns at one instant the first turns tell enough."""
        if self.stopped is None:
            self.stopped, self.stopped_site = what, site
            if self.turns > TURNS_THAT_TELL and what in ("turns", "seconds"):
                del self.events[self.instant_begins:]
            elif self.truncated:
                self.events.pop()
            self.frozen = self.truncated = True
            self.events.append((self.clock.now, self.tick, self.step, "limit", self.task, (what, site)))
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

    def lines(self, header: dict) -> str:
        """The whole trace as JSON Lines."""
        head = {**header, "sites": [list(key) for key in self.sites], "limits": self.limits,
                "truncated": self.truncated}
        out = [_write(head)]
        whole = {kind: _COMMON + "".join(f',"{field}":%s' for field in fields) + "}" for kind, fields in FIELDS.items()}
        for i, (t, tick, step, kind, task, own) in enumerate(self.events):
            task = "null" if task is None else task
            if ABSENT not in own:
                out.append(whole[kind] % (i, t, tick, step, kind, task, *map(_write, own)))
            else:
                there = [(field, value) for field, value in zip(FIELDS[kind], own) if value is not ABSENT]
                more = "".join(f',"{field}":{_write(value)}' for field, value in there)
                out.append(_COMMON % (i, t, tick, step, kind, task) + more + "}")
        return ("\n".join(out) + "\n").encode("utf-8", "backslashreplace").decode("utf-8")
