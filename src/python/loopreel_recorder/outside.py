"""The recording's side of the simulated world: answers, time that passes, and `io` events for what is transferred."""
import asyncio
import socket
import sys
from asyncio import events

from loopreel_outside import Finder, library_patches, wire
from loopreel_outside.answers import Network as Answers
from loopreel_outside.urls import URL

from . import streams
from .faraway import WebServer
from .files import IN_MEMORY
from .limits import Unavailable
from .network import FIRST_PORT, Network

#: Where the simulated packages are, for telling their frames from the library's.
_PACKAGE = "loopreel_outside"
#: Seconds that a name takes to be looked up by a call that blocks.
LOOKUP = 0.02
_STEP = events.Handle._run.__code__


class Outside(wire.Host):
    """`rules` are the note's own answers, as `answers.Network` takes them."""

    def __init__(self, session, rules: list[dict]) -> None:
        self._session, self._recorder = session, session.recorder
        self._answers = Answers(rules)
        self._simulated: dict[int, bool] = {}
        variation = session.recorder.variation
        self.sockets = Network(self, variation.first_port if variation else FIRST_PORT)

    def patches(self) -> list:
        """What stands in while a block runs: `(object, name, replacement)`."""
        return [(wire, "host", self), (sys, "meta_path", [Finder, *sys.meta_path]), *library_patches(),
                *self._name_service(), *streams.patches(self.sockets, self._session.loop_class._recorded_handle)]

    def _name_service(self) -> list:
        """The blocking functions of `socket` that look up names."""

        def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
            self.hold(LOOKUP)
            return self.sockets.resolve(host, port, family, type, proto)

        def gethostbyname(hostname):
            self.hold(LOOKUP)
            return self.sockets.resolve(hostname, 0)[0][4][0]

        return [(socket, "getaddrinfo", getaddrinfo), (socket, "gethostbyname", gethostbyname)]

    def answer(self, request):
        return self._answers.answer(request)

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
        arrival = self.after(seconds, lambda: future.done() or future.set_result(None))
        try:
            await future
        finally:
            self.forget(arrival)

    def hold(self, seconds: float) -> None:
        self._session.jobs.hold(round(seconds * 1e9), self._call_of(sys._getframe(1)))

    def after(self, seconds: float, action):
        return self._session.jobs.later(self._recorder.clock.now + round(seconds * 1e9), action)

    def forget(self, planned) -> None:
        self._session.jobs.forget(planned)

    # Streams

    def error_of(self, url: URL) -> str | None:
        """Why no connection to a host can be made, as a rule's `error`."""
        return self._answers.error_of(url)

    def place_of(self, kind, address) -> str:
        """An address as `io` events name it: `tcp example.com:80`."""
        if not isinstance(address, tuple):
            return f"unix {address}"
        return f"{'udp' if kind == socket.SOCK_DGRAM else 'tcp'} {self.sockets.host_at(address[0])}:{address[1]}"

    def far_away(self, socket, address):
        """The other end of a connection that leaves the computer."""
        host = self.sockets.host_at(address[0])
        if address[1] not in (80, 443):
            raise Unavailable(f"{host}:{address[1]} needs the network: only web servers (ports 80 and 443) are simulated")
        return WebServer(self, host, address[1])

    def _call_of(self, frame) -> str:
        """What the author called: the library function nearest to the block's own code."""
        called = frame
        while frame is not None and frame.f_code.co_filename != self._recorder.file:
            called, frame = frame, frame.f_back
        module = called.f_globals.get("__name__", "").removeprefix(_PACKAGE + ".")
        name = called.f_code.co_qualname
        return name if "." in name else f"{module}.{name}"
