"""One request on one connection of a pool, for clients that wait on the loop and for clients that block."""
from dataclasses import dataclass
from typing import Callable

from . import wire
from .answers import Answer, Limits, Request, outcome
from .pool import ConnectionPool


@dataclass(frozen=True)
class Exchanged:
    """`seconds` is what it took; `give_back` ends the use of the connection."""

    answer: Answer
    seconds: float
    give_back: Callable[[], None]


def slot_of(request: Request) -> tuple:
    return request.url.scheme, request.url.host, request.url.port


async def awaited(pool: ConnectionPool, connection: int, request: Request, limits: Limits) -> Exchanged:
    """Sends a request over a connection that was taken, and waits for the answer. Raises Failure."""
    with _Use(pool, connection, request, limits) as use:
        await wire.host.pause(use.seconds, connection)
        return use.end()


def blocking(pool: ConnectionPool, request: Request, limits: Limits) -> Exchanged:
    """The same, holding the thread until the answer is there."""
    with _Use(pool, pool.take_now(slot_of(request)), request, limits) as use:
        wire.host.hold(use.seconds)
        return use.end()


class _Use:
    """A connection in use; whatever ends it early closes the connection."""

    def __init__(self, pool: ConnectionPool, connection: int, request: Request, limits: Limits) -> None:
        self._pool, self._connection, self._slot = pool, connection, slot_of(request)
        self._answered = False
        self._answer = wire.host.answer(request)
        self.seconds, self._failure = outcome(self._answer, limits)
        if self._answer.error not in ("dns", "refused"):
            wire.host.tell("send", connection, f"{request.method} {request.url}", len(request.body))

    def end(self) -> Exchanged:
        if self._failure is not None:
            raise self._failure
        answer = self._answer
        wire.host.tell("receive", self._connection, f"{answer.status} {answer.reason}".rstrip(), len(answer.body))
        self._answered = True
        return Exchanged(answer, self.seconds, lambda: self._pool.give_back(self._slot, self._connection, True))

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        if not self._answered:
            self._pool.give_back(self._slot, self._connection, False)
