"""An in-memory network: which sockets there are, and which address is whose."""
import socket as real

from loopreel_outside.names import address_infos

from .selector import Selector
from .sockets import EVERYWHERE, Socket

#: The first port that is given to a client, in the world of recordings, and the first descriptor of a socket.
FIRST_PORT, _FIRST_DESCRIPTOR = 50_001, 6


class Network:
    """The sockets of one block. `outside` tells and answers what leaves the computer."""

    def __init__(self, outside, first_port: int) -> None:
        self.outside = outside
        self.open: dict[int, Socket] = {}
        self._bound: dict[tuple, Socket] = {}
        self._port, self._descriptor = first_port, _FIRST_DESCRIPTOR
        self._hosts: dict[str, str] = {}

    def selector(self, name: str):
        """A selector for a loop, under the name that the loop tells in its log."""
        return type(name, (Selector,), {})(self)

    def resolve(self, host, port, family=0, kind=0, proto=0) -> list[tuple]:
        """The addresses of a host; remembers whose they are."""
        found = address_infos(host, port, family, kind, proto)
        if host:
            self._hosts[found[0][4][0]] = host.decode() if isinstance(host, bytes) else host
        return found

    def host_at(self, address: str) -> str:
        """The name by which an address was looked up, of hosts that are not this computer."""
        return address if address.startswith(("127.", "0.")) else self._hosts.get(address, address)

    def socket(self, family=real.AF_INET, type=real.SOCK_STREAM, proto=0, fileno=None):
        made = Socket(self, family, type, proto, self._descriptor)
        self.open[self._descriptor] = made
        self._descriptor += 1
        return made

    def free_port(self) -> int:
        while any(key[1] == self._port for key in self._bound):
            self._port += 1
        self._port += 1
        return self._port - 1

    def bind(self, socket, address) -> None:
        key = _key(socket, address)
        if key in self._bound:
            raise OSError(98, "Address already in use")
        self._bound[key] = socket

    def unbind(self, socket) -> None:
        for key in [key for key, bound in self._bound.items() if bound is socket]:
            del self._bound[key]

    def at(self, socket, address):
        """The socket that is bound to an address, None if there is none."""
        if isinstance(address, tuple):
            keys = [_key(socket, address), *(_key(socket, (host, address[1])) for host in EVERYWHERE)]
        else:
            keys = [_key(socket, address)]
        return next((self._bound[key] for key in keys if key in self._bound), None)

    def listens(self) -> bool:
        """Whether a server waits for connections."""
        return any(one.backlog is not None for one in self.open.values())


def _key(socket, address) -> tuple:
    return (*address[:2], socket.type) if isinstance(address, tuple) else (address, socket.type)
