"""`async with`: which context managers the block enters and leaves."""
import asyncio
import contextlib
from asyncio import locks

from .recorder import ABSENT, Recorder
from .values import message

_METHODS = ("__aenter__", "__aexit__")
#: Classes of the library whose managers are entered in Python code.
_LIBRARY = (locks._ContextManagerMixin, asyncio.Barrier, asyncio.TaskGroup, asyncio.Timeout,
            contextlib._AsyncGeneratorContextManager, contextlib.AbstractAsyncContextManager, contextlib.aclosing,
            contextlib.AsyncExitStack, contextlib.nullcontext)
#: What authors write for a class that they do not name.
_WRITTEN = {"Timeout": "timeout"}
_STACK = {contextlib.AsyncExitStack.enter_async_context.__code__, contextlib.AsyncExitStack.__aexit__.__code__}


class Contexts:
    """Writes `ctx`, once a manager is entered and once it is left. What the library enters for itself is not told;
    what an `AsyncExitStack` enters and leaves for the block is."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def hooks(self) -> list:
        """The library's managers."""
        return [hook for kind in _LIBRARY for name in _METHODS if name in vars(kind)
                for hook in self.hooks_of(vars(kind)[name].__code__)]

    def hooks_of(self, code) -> list:
        """A manager that the block defines."""
        if code.co_name == "__aenter__":
            return [(code, "return", self.entered)]
        if code.co_name == "__aexit__":
            return [(code, "return", self.exited), (code, "unwind", self.left)]
        return []

    def entered(self, frame, _value) -> None:
        self._write("enter", frame, ABSENT)

    def exited(self, frame, _value) -> None:
        error = _error_of(frame)
        self._write("exit", frame, ABSENT if error is None else message(error))

    def left(self, frame, error) -> None:
        """Leaving raised an exception of its own: a TaskGroup's group, a TimeoutError."""
        self._write("exit", frame, message(error))

    def _write(self, op: str, frame, error) -> None:
        recorder, code, caller = self.recorder, frame.f_code, frame.f_back
        if caller is not None and caller.f_code in _STACK:
            pass
        elif caller is None or caller.f_code.co_filename != recorder.file or caller.f_code.co_name in _METHODS:
            # Also `super().__aenter__()`, which is a part of entering.
            return
        manager = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
        if isinstance(manager, contextlib._AsyncGeneratorContextManager):
            name = manager.gen.__name__
        else:
            name = _WRITTEN.get(type(manager).__name__, type(manager).__name__)
        recorder.event("ctx", recorder.task, op, name, recorder.site_of(caller), error)


def _error_of(frame):
    """The exception that `__aexit__` was given, None if the body ended well."""
    code, values = frame.f_code, frame.f_locals
    names = code.co_varnames
    if code.co_argcount > 2:
        found = values.get(names[2])
    else:
        more = values.get(names[code.co_argcount + code.co_kwonlyargcount], ()) if code.co_flags & 4 else ()
        given = (*(values.get(name) for name in names[1 : code.co_argcount]), *more)
        found = given[1] if type(more) is tuple and len(given) > 1 else None
    return found if isinstance(found, BaseException) else None
