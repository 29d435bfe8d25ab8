"""Async generators of the block: who asks for the next item, when one is given, how they end."""
import contextlib
import inspect

from .recorder import Recorder

_ENTERED = contextlib._AsyncGeneratorContextManager.__aenter__.__code__


class Generators:
    """Writes `agen`. One that `asynccontextmanager` drives is told by `ctx`, as the context manager that it is."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        #: Number of each started generator by its frame, and whether it stands at a `yield`.
        self._open: dict[int, list] = {}

    def hooks_of(self, code) -> list:
        if not code.co_flags & inspect.CO_ASYNC_GENERATOR:
            return []
        return [(code, "start", self.started), (code, "resume", self.resumed), (code, "yield", self.suspended),
                (code, "return", self.ended), (code, "unwind", self.ended), (code, "raise", self.raised)]

    def started(self, frame) -> None:
        asker = frame.f_back
        if asker is not None and asker.f_code is _ENTERED:
            self._open.pop(id(frame), None)
            return
        self._open[id(frame)] = [self.recorder.number("g"), False]
        self._write(frame, "next", asker)

    def resumed(self, frame) -> None:
        """After a `yield` the next item was asked for; after an `await` it only goes on."""
        generator = self._open.get(id(frame))
        if generator is not None and generator[1]:
            generator[1] = False
            self._write(frame, "next", frame.f_back)

    def suspended(self, frame, value) -> None:
        """An `await` suspends with a future or None, a `yield` with its item in a wrapper (CPython, genobject.c)."""
        generator = self._open.get(id(frame))
        if generator is not None and type(value).__name__ == "async_generator_wrapped_value":
            generator[1] = True
            self._write(frame, "yield", frame)

    def raised(self, frame, _error) -> None:
        """Thrown in at a `yield`: a GeneratorExit by `aclose()`, another by `athrow()` or when the task that closes it
        is cancelled."""
        generator = self._open.get(id(frame))
        if generator is not None and generator[1]:
            generator[1] = False
            self._write(frame, "aclose", frame)

    def ended(self, frame, _outcome) -> None:
        if id(frame) in self._open:
            self._write(frame, "end", frame)
            del self._open[id(frame)]

    def _write(self, frame, op: str, at) -> None:
        recorder = self.recorder
        if recorder.clock.private is None:
            recorder.event("agen", recorder.task, self._open[id(frame)][0], frame.f_code.co_name, op,
                           recorder.site_of(at))
