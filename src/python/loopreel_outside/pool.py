"""The connections of one client: kept open, limited in number, with a line of waiters."""
import asyncio
from collections import deque

from . import wire
from .answers import Failure


class ConnectionPool:
    """`limit` and `per_host` count connections; 0 is no limit. A slot is (scheme, host, port)."""

    def __init__(self, limit: int = 0, per_host: int = 0, keep: bool = True) -> None:
        self.limit, self.per_host, self.keep = limit, per_host, keep
        self.idle: dict[tuple, list[int]] = {}
        self.busy: dict[tuple, int] = {}
        self._line: deque[tuple[tuple, asyncio.Future]] = deque()

    def has_room(self, slot: tuple) -> bool:
        if self.limit and sum(self.busy.values()) >= self.limit:
            return False
        return not self.per_host or self.busy.get(slot, 0) < self.per_host

    async def acquire(self, slot: tuple, seconds: float | None = None) -> int:
        """A connection to a slot, an open one if there is one. Waits in line where the limits say so.

        Raises Failure("pool") when `seconds` have passed in line.
        """
        while not self.has_room(slot):
            free = asyncio.get_running_loop().create_future()
            entry = (slot, free)
            self._line.append(entry)
            late = lambda: free.done() or free.set_exception(Failure("pool"))  # noqa: E731
            patience = None if seconds is None else wire.host.after(seconds, late)
            try:
                await free
            except BaseException:
                if entry in self._line:
                    self._line.remove(entry)
                elif free.done() and not free.cancelled() and free.exception() is None:
                    self._wake()
                raise
            finally:
                if patience is not None:
                    wire.host.forget(patience)
        self.busy[slot] = self.busy.get(slot, 0) + 1
        return self._open(slot)

    def take_now(self, slot: tuple) -> int:
        """For clients that block: they hold one connection at a time."""
        self.busy[slot] = self.busy.get(slot, 0) + 1
        return self._open(slot)

    def _open(self, slot: tuple) -> int:
        if idle := self.idle.get(slot):
            return idle.pop()
        scheme, host, port = slot
        return wire.host.opened(f"{scheme}://{host}" + ("" if port in (80, 443) else f":{port}"))

    def give_back(self, slot: tuple, connection: int, reusable: bool) -> None:
        self.busy[slot] -= 1
        if reusable and self.keep:
            self.idle.setdefault(slot, []).append(connection)
        else:
            wire.host.tell("close", connection, _name(slot), 0)
        self._wake()

    def _wake(self) -> None:
        for entry in list(self._line):
            if self.has_room(entry[0]) and not entry[1].done():
                self._line.remove(entry)
                entry[1].set_result(None)
                return

    def close(self) -> None:
        for slot, connections in self.idle.items():
            for connection in connections:
                wire.host.tell("close", connection, _name(slot), 0)
        self.idle.clear()


def _name(slot: tuple) -> str:
    return f"{slot[0]}://{slot[1]}"
