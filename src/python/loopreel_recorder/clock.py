"""The virtual clock: nanoseconds that only move when the program waits."""

#: What `time.monotonic()` and `loop.time()` say when a block begins. Not 0, since programs take 0 for "never".
MONOTONIC_START = 1_000 * 10**9

#: What `time.time_ns()` says when a block begins: 2026-01-01 09:00:00 UTC.
EPOCH_START = 1_767_258_000 * 10**9

#: Later than any deadline; stands for `float("inf")`.
FOREVER = 2**53 - 1


class Clock:
    """Time since the block began, in integer nanoseconds; `private` is the clock of an emulated thread, if one runs.

    `listeners` are called with the target before `now` moves, so that what is due until then can happen first. `origin`
    is what `time.monotonic_ns()` says when a block begins, `epoch` what `time.time_ns()` says, `lag` gives the
    nanoseconds by which a look at it comes late (none: computing takes no time). `looked_at` is called
    with the frame of whoever is about to be told the time (`busy.py`), `moved` after `now` has moved.
    """

    def __init__(self, origin: int = MONOTONIC_START, epoch: int = EPOCH_START, lag=int) -> None:
        self.origin, self.epoch, self._lag = origin, epoch, lag
        self.now = 0
        self.private: int | None = None
        self.listeners: list = []
        self.looked_at = lambda _frame: None
        self.moved = lambda: None

    def read(self) -> int:
        return self.now if self.private is None else self.private

    def look(self) -> int:
        """Like `read`, for the program itself, which takes its time to look."""
        return self.read() + self._lag()

    def advance(self, to: int) -> None:
        """Moves the loop's clock forward to `to`; never back."""
        if to > self.now:
            for listener in self.listeners:
                listener(to)
            self.reach(to)

    def reach(self, to: int) -> None:
        """`now` becomes `to`, unless it is later already."""
        if to > self.now:
            self.now = to
            self.moved()

    def monotonic(self) -> float:
        """The loop's time in seconds, the nearest float to nine decimals."""
        return (self.origin + self.read()) / 1e9

    def monotonic_ns(self) -> int:
        return self.origin + self.look()

    def time_ns(self) -> int:
        return self.epoch + self.look()

    def since_start(self, monotonic: float) -> int:
        """A `loop.time()` value as nanoseconds since the block began; may be negative."""
        if monotonic != monotonic:
            return 0
        if monotonic > 9_000_000:
            return FOREVER
        return round(monotonic * 1e9) - self.origin


def nanoseconds(seconds: float) -> int:
    """A duration in nanoseconds, rounded to nine decimals; not a number counts as 0, infinity as FOREVER."""
    if seconds != seconds:
        return 0
    if seconds > 9_000_000:
        return FOREVER
    return max(0, round(seconds * 1e9))
