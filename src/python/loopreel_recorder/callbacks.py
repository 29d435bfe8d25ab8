"""What a scheduled callback is: the program's own, or the library's plumbing."""
import functools
import linecache
import sys

#: Callbacks of timers that the library sets, and what the author called for that.
TIMER_APIS = {
    "_set_result_unless_cancelled": "sleep",
    "Timeout._on_timeout": "timeout",
    "_release_waiter": "wait",
    "_AsCompletedIterator._handle_timeout": "as_completed",
    "as_completed.<locals>._on_timeout": "as_completed",
}


def _unwrapped(callback):
    while isinstance(callback, functools.partial):
        callback = callback.func
    return callback


def label_of(callback) -> str:
    callback = _unwrapped(callback)
    return getattr(callback, "__qualname__", None) or type(callback).__name__


def is_own(callback, file: str) -> bool:
    callback = _unwrapped(callback)
    code = getattr(getattr(callback, "__func__", callback), "__code__", None)
    return code is not None and code.co_filename == file


def is_internal(callback, file: str) -> bool:
    """Whether a callback is the library's plumbing: code of asyncio or concurrent.futures that the program did not
    hand over itself."""
    callback = _unwrapped(callback)
    if is_own(callback, file):
        return False
    module = getattr(callback, "__module__", None) or type(getattr(callback, "__self__", None)).__module__
    if not str(module).startswith(("asyncio", "_asyncio", "concurrent", "loopreel_recorder")):
        return False
    frame = sys._getframe(3)
    while frame is not None and frame.f_code.co_name in ("call_soon", "call_soon_threadsafe", "call_later", "call_at"):
        frame = frame.f_back
    return frame is None or frame.f_code.co_filename != file or not _named_call(frame)


def _named_call(frame) -> bool:
    """Whether the frame's current line itself says `call_soon` or the like."""
    return "call_" in linecache.getline(frame.f_code.co_filename, frame.f_lineno)
