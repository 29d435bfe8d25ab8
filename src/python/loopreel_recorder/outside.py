"""The recording's side of the simulated world: answers, time that passes, and `io` events for what is transferred."""
import asyncio
import sys
from asyncio import events

from loopreel_outside import Finder, library_patches, wire
from loopreel_outside.answers import Network

from .files import IN_MEMORY

#: Where the simulated packages are, for telling their frames from the library's.
_PACKAGE = "loopreel_outside"
_STEP = events.Handle._run.__code__


class Outside(wire.Host):
    """`rules` are the note's own answers, as `answers.Network` takes them."""

    def __init__(self, session, rules: list[dict]) -> None:
        self._session, self._recorder = session, session.recorder
        self._network = Network(rules)
        self._simulated: dict[int, bool] = {}

    def patches(self) -> list:
        """What stands in while a block runs: `(object, name, replacement)`."""
        return [(wire, "host", self), (sys, "meta_path", [Finder, *sys.meta_path]), *library_patches()]

    def answer(self, request):
        return self._network.answer(request)

    def opened(self, what: str) -> int:
        number = self._recorder.number("io")
        self._simulated[number] = IN_MEMORY or not what.startswith("file ")
        self.tell("open", number, what, 0)
        return number

    def tell(self, op: str, connection: int, what: str, size: int) -> None:
        recorder, clock = self._recorder, self._recorder.clock
        own = (recorder.task, connection, op, what, size, self._simulated[connection],
               self._site(sys._getframe(1)))
        if clock.private is not None and clock.private > clock.now:
            self._session.jobs.later(clock.private, lambda: recorder.event("io", *own))
        else:
            recorder.event("io", *own)

    def _site(self, frame) -> int | None:
        """The author's line in the step that runs; None when the library alone runs."""
        while frame is not None and frame.f_code is not _STEP:
            if frame.f_code.co_filename == self._recorder.file:
                return self._recorder.frame_site(frame)
            frame = frame.f_back
        return None

    async def pause(self, seconds: float, connection: int) -> None:
        future = asyncio.get_running_loop().create_future()
        future._io = connection
        self.after(seconds, lambda: future.done() or future.set_result(None))
        await future

    def hold(self, seconds: float) -> None:
        self._session.jobs.hold(round(seconds * 1e9), self._call_of(sys._getframe(1)))

    def after(self, seconds: float, action) -> None:
        self._session.jobs.later(self._recorder.clock.now + round(seconds * 1e9), action)

    def _call_of(self, frame) -> str:
        """What the author called: the library function nearest to the block's own code."""
        called = frame
        while frame is not None and frame.f_code.co_filename != self._recorder.file:
            called, frame = frame, frame.f_back
        module = called.f_globals.get("__name__", "").removeprefix(_PACKAGE + ".")
        name = called.f_code.co_qualname
        return name if "." in name else f"{module}.{name}"
