"""Emulated threads and processes: when their jobs run, and when what they did comes to light.

A job begins as soon as a virtual worker is free, in the one real thread there is, and runs until it first waits
(`turns.py`, `twins.py`, `blocking.py`, `running.py`); it goes on when that wait is over, at its time (`passing.py`).
Nothing else interrupts it. What blocks where it cannot be left moves a private clock ahead; what it does later on that
clock is planned for when the loop's clock gets there. A job that must then wait for others cannot be emulated and gets
a clear error.
"""
import sys
from asyncio import futures

from .limits import LimitReached
from .passing import Passing
from .pools import pool_classes
from .touches import Touches

_MEETS = "two threads use `{}` at the same time: their order cannot be emulated"
_ORDER = "threads meet at {} in another order than they began: that cannot be emulated"
_HINT = "; `engine=cpython` runs real threads"


class Jobs(Passing):
    def __init__(self, session) -> None:
        super().__init__(session)
        self.thread_pool, self.process_pool = pool_classes(self)
        self.touches = Touches(self.recorder.clock, lambda name, frame: self.cannot(_MEETS.format(name), frame))
        #: Why the block cannot be emulated, and where: `(sentence, site)`.
        self.unemulable: tuple | None = None

    def hooks(self) -> list:
        """What `Monitor` has to watch for it: nothing, the classes of `emulation.py` and `pools.py` tell it all."""
        return []

    def cannot(self, sentence: str, frame) -> None:
        """Ends a block that would not be recorded truthfully, from wherever it is."""
        recorder = self.recorder
        site = recorder.site_of(frame)
        self.unemulable = self.unemulable or (sentence + _HINT, site)
        recorder.stop("thread", site)
        recorder.interrupt()
        raise LimitReached(recorder.stopped)

    def misordered(self, what: str, frame) -> None:
        """Somebody who was emulated ahead has had `what` at a time at which it was another's."""
        self.cannot(_ORDER.format(what), frame)

    def caller(self):
        """The frame of whoever calls what stands in for the library."""
        return sys._getframe(2)

    def run_in_executor(self, loop, executor, function, arguments):
        if executor is None:
            if loop._default_executor is None:
                loop._default_executor = self.thread_pool(thread_name_prefix="asyncio")
            executor = loop._default_executor
        submitted = executor.submit(function, *arguments)
        future = futures.wrap_future(submitted, loop=loop)
        future._job = getattr(submitted, "_job", None)
        return future
