"""A loop of the recorder that stands alone, for any harness that takes a loop factory."""
import json
import platform

from .limits import DEFAULTS, LimitReached, words
from .lines import header
from .session import Session


class RecordingLoop:
    """`RecordingLoop()` gives an event loop on a virtual clock of its own, which records into a session of its own:
    `asyncio.Runner(loop_factory=RecordingLoop)`, `asyncio.run(main(), loop_factory=RecordingLoop)`.

    Only the loop is another. The world stays real, so that `time.time()` does not know of the loop's clock; composites,
    resources and lines are not told, since nothing watches asyncio's own functions. `loop.trace()` gives the events so
    far as JSON Lines. Where a block would be stopped (nothing left to wait for, endless turns at one instant),
    `run_forever` raises RuntimeError.
    """

    def __new__(cls, selector=None):
        session = Session("<program>", DEFAULTS)
        session.recorder.frozen = False
        return _standing_alone(session)()


def _standing_alone(session: Session) -> type:
    recorder = session.recorder

    class _UnixSelectorEventLoop(session.loop_class):
        def run_forever(self):
            try:
                super().run_forever()
            except LimitReached:
                raise RuntimeError(words(recorder.stopped, recorder.limits)) from None

        def trace(self) -> str:
            return json.loads(recorder.trace_literal(header("<program>", 1, "", platform.python_implementation(), "virtual")))

    _UnixSelectorEventLoop.__module__ = session.loop_class.__module__
    _UnixSelectorEventLoop.__qualname__ = session.loop_class.__qualname__
    return _UnixSelectorEventLoop
