"""The selector of a loop over the sockets of `sockets.py`."""
from selectors import EVENT_READ, EVENT_WRITE, SelectorKey

from .limits import Unavailable


class Selector:
    """Which sockets can be read from and written to, in the order in which they were registered."""

    def __init__(self, network) -> None:
        self._network, self.keys = network, {}

    def select(self, _timeout=None) -> list:
        ready = []
        for key in self.keys.values():
            socket = self._network.open.get(key.fd)
            if socket is not None:
                mask = key.events & (socket.readable() * EVENT_READ | socket.writable() * EVENT_WRITE)
                if mask:
                    ready.append((key, mask))
        return ready

    def register(self, fd, events, data=None):
        number = fd if isinstance(fd, int) else fd.fileno()
        if number not in self._network.open:
            raise Unavailable("a file descriptor of the computer cannot be watched in a recording; `engine=cpython` can")
        self.keys[number] = key = SelectorKey(fd, number, events, data)
        return key

    modify = register

    def unregister(self, fd):
        return self.keys.pop(fd if isinstance(fd, int) else fd.fileno())

    def get_key(self, fd):
        return self.keys[fd if isinstance(fd, int) else fd.fileno()]

    def get_map(self):
        return self.keys

    def close(self) -> None:
        self.keys.clear()
