"""Sockets in memory: what asyncio's own selector loop and transports need of one.

Everything above them is CPython's (`asyncio/selector_events.py`): accepting, buffers, flow control, closing. Bytes
that a program sends to itself arrive in the next turn of the loop, as over a real loopback device; what is further
away is decided by `faraway.py`. Only the loop gets these sockets: a program that makes one itself is refused.
"""
import socket as real
from collections import deque

from .limits import Unavailable

#: Bytes that wait on their way before a sender has to wait (Linux, `net.core.rmem_default`).
CAPACITY = 212_992
#: Hosts of a socket that is bound to every address.
EVERYWHERE = ("0.0.0.0", "")
_ERRORS = {"refused": lambda text: ConnectionRefusedError(111, text), "timeout": lambda text: TimeoutError(110, text)}


class Socket:
    """The methods of a non-blocking `socket.socket` that asyncio calls."""

    def __init__(self, network, family, type, proto, descriptor: int) -> None:
        self.family, self.type, self.proto = family, type, proto
        self._network, self._descriptor = network, descriptor
        self._name = ("0.0.0.0", 0) if family == real.AF_INET else ""
        self._peer_name = None
        #: The other end: another Socket, or what stands for a server far away.
        self.peer = None
        self.connection: int | None = None
        self._place = ""
        #: Of a stream: bytes that have arrived; of datagrams: `(bytes, address)`.
        self.inbox: bytearray | deque = bytearray() if type == real.SOCK_STREAM else deque()
        self._ended = self._broken = self._shut = False
        self.backlog: int | None = None
        self.pending: deque[Socket] = deque()
        self._error: OSError | None = None
        self._connecting = False

    # Names and options

    def fileno(self) -> int:
        return self._descriptor

    def getsockname(self):
        return self._name

    def getpeername(self):
        if self._peer_name is None:
            raise OSError(107, "Transport endpoint is not connected")
        return self._peer_name

    def gettimeout(self) -> float:
        return 0.0

    def setblocking(self, _flag) -> None:
        pass

    def setsockopt(self, *_option) -> None:
        pass

    def getsockopt(self, level, option, *_size) -> int:
        if (level, option) == (real.SOL_SOCKET, real.SO_ERROR):
            error, self._error = self._error, None
            if error is not None:
                raise error
            return 0
        return 1 if option == getattr(real, "SO_REUSEADDR", None) else 0

    def detach(self):
        raise Unavailable("a socket of an event loop cannot be handed over in a recording")

    dup = share = detach

    # Servers

    def bind(self, address) -> None:
        if isinstance(address, tuple):
            host, port = address[0] or "0.0.0.0", address[1] or self._network.free_port()
            address = (host, port)
        self._network.bind(self, address)
        self._name = address

    def listen(self, backlog=100) -> None:
        self.backlog = backlog

    def accept(self):
        if not self.pending:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        connection = self.pending.popleft()
        return connection, connection._peer_name

    # Clients

    def connect(self, address) -> None:
        network, outside = self._network, self._network.outside
        if self._name in (("0.0.0.0", 0), ""):
            self._name = ("127.0.0.1", network.free_port()) if isinstance(address, tuple) else ""
        if self.type == real.SOCK_DGRAM:
            self._peer_name = address
            network.bind(self, self._name)
            return
        self._place, self._wanted = outside.place_of(self.type, address), address
        self._connecting = True
        server = network.at(self, address)
        if server is None and isinstance(address, tuple) and not address[0].startswith(("127.", "0.0.0.0")):
            self.peer = outside.far_away(self, address)
        elif server is None and not isinstance(address, tuple):
            raise FileNotFoundError(2, "No such file or directory")
        self.connection = outside.opened(self._place)
        if self.peer is None and (server is None or server.backlog is None):
            self.connected("refused")
        elif self.peer is None:
            other = network.socket(self.family, self.type, self.proto)
            other._name, other._peer_name, other.peer = address, self._name, self
            other.connection, other._place = self.connection, self._place
            self.peer = other
            server.pending.append(other)
            self._peer_name = address
            self.connected(None)
        else:
            self._peer_name = address
            self.peer.begin(self)
        raise BlockingIOError(115, "Operation now in progress")

    def connected(self, error: str | None) -> None:
        """The attempt to connect has ended; the loop finds out when it asks whether the socket can be written to.
        `error` is `refused` or `timeout`."""
        self._connecting = False
        # In the words of `BaseSelectorEventLoop._sock_connect_cb`, which only knows a number.
        text = f"Connect call failed {self._wanted}"
        self._error = _ERRORS[error](text) if error is not None else None

    # Bytes

    def send(self, data, *_flags) -> int:
        if self.type == real.SOCK_DGRAM:
            return self.sendto(data, self._peer_name)
        if self._shut or self.peer is None or self._broken:
            raise BrokenPipeError(32, "Broken pipe")
        if self.peer is _NOBODY:
            # What is sent to a closed end is answered by its machine; only then does the sender know.
            self.peer = None
        room = CAPACITY - len(self.peer.inbox) if self.peer is not None else CAPACITY
        if room <= 0:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        taken = bytes(memoryview(data)[:room])
        self._network.outside.tell("send", self.connection, self._place, len(taken))
        if self.peer is not None:
            self.peer.arrive(taken)
        return len(taken)

    def sendmsg(self, buffers, *_more) -> int:
        sent = 0
        for data in list(buffers):
            try:
                count = self.send(data)
            except BlockingIOError:
                if not sent:
                    raise
                break
            sent += count
            if count < len(memoryview(data)):
                break
        return sent

    def recv(self, size, *_flags) -> bytes:
        if self.inbox:
            taken = bytes(self.inbox[:size])
            del self.inbox[:size]
            self._network.outside.tell("receive", self.connection, self._place, len(taken))
            return taken
        if self._broken:
            self._broken = False
            raise ConnectionResetError(104, "Connection reset by peer")
        if self._ended:
            return b""
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def recv_into(self, buffer, *_more) -> int:
        data = self.recv(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def arrive(self, data: bytes) -> None:
        self.inbox += data

    def end(self) -> None:
        """The other end sends no more."""
        self._ended = True

    def reset(self) -> None:
        """The other end is gone with bytes that it never read."""
        self._ended = self._broken = True

    def shutdown(self, _how) -> None:
        self._shut = True
        if self.peer is not None:
            self.peer.end()

    def close(self) -> None:
        network = self._network
        if network.open.pop(self._descriptor, None) is None:
            return
        network.unbind(self)
        for waiting in self.pending:
            waiting.close()
        if self.peer is not None:
            if self.connection is not None:
                network.outside.tell("close", self.connection, self._place, 0)
            self.peer.reset() if self.inbox else self.peer.end()
            self.peer.gone()
        self._descriptor = -1

    def gone(self) -> None:
        """The other end is closed: what is sent now reaches nobody."""
        self.peer = _NOBODY if not self._broken else None

    # Datagrams

    def sendto(self, data, *rest) -> int:
        address = rest[-1]
        if self._name == ("0.0.0.0", 0):
            self._name = ("0.0.0.0", self._network.free_port())
            self._network.bind(self, self._name)
        outside = self._network.outside
        if self.connection is None:
            self._place = outside.place_of(self.type, address)
            self.connection = outside.opened(self._place)
        outside.tell("send", self.connection, outside.place_of(self.type, address), len(data))
        other = self._network.at(self, address)
        if other is not None:
            sender = ("127.0.0.1", self._name[1]) if self._name[0] in EVERYWHERE else self._name
            other.connection = other.connection or self.connection
            other._place = other._place or outside.place_of(self.type, other._name)
            other.inbox.append((bytes(data), sender))
        return len(data)

    def recvfrom(self, _size):
        if not self.inbox:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        data, sender = self.inbox.popleft()
        self._network.outside.tell("receive", self.connection, self._place, len(data))
        return data, sender

    # For the selector

    def readable(self) -> bool:
        return bool(self.inbox or self.pending or self._ended or self._broken)

    def writable(self) -> bool:
        if self._connecting:
            return False
        return self.peer is None or self.type == real.SOCK_DGRAM or len(self.peer.inbox) < CAPACITY


class _Nobody:
    """What is left of an end that was closed."""

    inbox = b""
    end = reset = gone = lambda self: None


_NOBODY = _Nobody()
