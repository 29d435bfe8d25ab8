"""`aiofiles`, over the files of the block: each operation is a job of the loop's executor, as in the real one."""
import asyncio
import builtins
import functools
import os

from . import wire
from .entering import Entering
from .missing import Simulated, module_getattr, shown_as

__getattr__ = module_getattr("aiofiles")
__version__ = "simulated"
__all__ = ["open"]

#: Seconds that a disk takes for one operation, and for each byte.
_SEEK, _BYTE = 0.001, 1e-8


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None, *,
         loop=None, executor=None):
    """A file that is opened when it is awaited or entered."""
    opening = functools.partial(builtins.open, file, mode, buffering, encoding, errors, newline, closefd, opener)
    held: list = []
    return AiofilesContextManager(_open(file, opening, executor, held), held)


async def _open(file, opening, executor, held):
    def call():
        wire.host.hold(_SEEK)
        return opening()

    opened = await in_executor(call, executor)
    kind = AsyncTextIOWrapper if hasattr(opened, "encoding") else AsyncBufferedIOBase
    held.append(kind(opened, wire.host.opened(_what(file)), _what(file), executor))
    return held[0]


_open.__code__ = _open.__code__.replace(co_name="open", co_qualname="open")


def in_executor(call, executor=None):
    return asyncio.get_running_loop().run_in_executor(executor, call)


def _what(file) -> str:
    return f"file {os.fspath(file) if isinstance(file, (str, os.PathLike)) else file}"


class AiofilesContextManager(Entering):
    """As a coroutine or with `async with`; `held` gets the file."""

    def __init__(self, coroutine, held: list) -> None:
        self._coro, self._held = coroutine, held

    def __aexit__(self, *_error):
        return self._held.pop().close()


class _File(Simulated):
    _package = "aiofiles"

    def __init__(self, file, connection: int, what: str, executor) -> None:
        self._file, self._connection, self._what, self._executor = file, connection, what, executor

    def __repr__(self) -> str:
        return super().__repr__() + " wrapping " + repr(self._file)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_error) -> None:
        await self.close()

    closed = property(lambda self: self._file.closed)
    name = property(lambda self: self._file.name)
    mode = property(lambda self: self._file.mode)

    def fileno(self) -> int:
        return self._file.fileno()

    def readable(self) -> bool:
        return self._file.readable()

    def writable(self) -> bool:
        return self._file.writable()

    async def _run(self, name: str, arguments: tuple):
        """One operation on a thread of the pool; what it moved is written down there, when it has taken its time."""

        def call():
            value = getattr(self._file, name)(*arguments)
            size = _size(arguments[0] if name.startswith("write") else value, name)
            wire.host.hold(_SEEK + size * _BYTE)
            if name in _TOLD:
                wire.host.tell(_TOLD[name], self._connection, self._what, size)
            return value

        call.__name__ = name
        return await in_executor(call, self._executor)


_TOLD = {"read": "receive", "read1": "receive", "readline": "receive", "readlines": "receive", "readinto": "receive",
         "readall": "receive", "write": "send", "writelines": "send", "close": "close"}


def _size(value, name: str) -> int:
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return len(value)
    if isinstance(value, (list, tuple)) and name in _TOLD:
        return sum(_size(item, name) for item in value)
    return value if name == "readinto" and isinstance(value, int) else 0


async def _operate(self, *arguments):
    return await self._run(NAME, arguments)  # noqa: F821


def _operation(name: str, kind: str):
    code = _operate.__code__.replace(co_name=name, co_qualname=f"{kind}.{name}")
    return type(_operate)(code, {**globals(), "NAME": name}, name)


class AsyncTextIOWrapper(_File):
    encoding = property(lambda self: self._file.encoding)
    errors = property(lambda self: self._file.errors)
    newlines = property(lambda self: self._file.newlines)


class AsyncBufferedIOBase(_File):
    raw = property(lambda self: self._file.raw)


_BOTH = "close flush read readline readlines seek seekable tell truncate write writelines isatty"
for _kind, _more in ((AsyncTextIOWrapper, ""), (AsyncBufferedIOBase, " read1 readinto peek readall")):
    for _name in (_BOTH + _more).split():
        _made = _operation(_name, _kind.__name__)
        _made.__qualname__ = f"{_kind.__name__}.{_name}"
        setattr(_kind, _name, _made)

AsyncBufferedReader = AsyncFileIO = AsyncBufferedIOBase
shown_as("aiofiles.base", globals())
AsyncTextIOWrapper.__module__ = "aiofiles.threadpool.text"
AsyncBufferedIOBase.__module__ = "aiofiles.threadpool.binary"
