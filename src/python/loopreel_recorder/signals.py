"""The signals that a program handles and sends to itself. The real ones stay with the host, which stops a block by one.

A handler of Python runs at once; one of a loop (`add_signal_handler`) two turns later, as on CPython, where the signal
is first a byte in the loop's own socket (`asyncio/unix_events.py`, 3.11 to 3.14).
"""
import asyncio
import contextvars
import inspect
import os
import signal
import sys

from .limits import Unavailable

#: Signals that do nothing by default.
_HARMLESS = {getattr(signal, name) for name in ("SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH") if hasattr(signal, name)}
_VALID = signal.valid_signals()
_UNCATCHABLE = {getattr(signal, name) for name in ("SIGKILL", "SIGSTOP") if hasattr(signal, name)}


class Signals:
    """`listener` is what a loop with signal handlers is told of each signal by: a function of the number, or None."""

    def __init__(self) -> None:
        self.handlers: dict[int, object] = {signal.SIGINT: signal.default_int_handler}
        if hasattr(signal, "SIGPIPE"):
            self.handlers[signal.SIGPIPE] = signal.SIG_IGN
        self.listener = None

    def signal(self, signalnum, handler):
        """signal.signal()"""
        _check(signalnum)
        if not callable(handler) and handler not in (signal.SIG_IGN, signal.SIG_DFL):
            raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
        if signalnum in _UNCATCHABLE:
            raise OSError(22, "Invalid argument")
        previous = self.getsignal(signalnum)
        self.handlers[int(signalnum)] = handler
        return previous

    def getsignal(self, signalnum):
        """signal.getsignal()"""
        _check(signalnum)
        found = self.handlers.get(int(signalnum), signal.SIG_DFL)
        return found if callable(found) else signal.Handlers(found)

    def raise_signal(self, signalnum):
        """signal.raise_signal()"""
        handler = self.getsignal(signalnum)
        if handler == signal.SIG_IGN or handler == signal.SIG_DFL and signalnum in _HARMLESS:
            return
        if handler == signal.SIG_DFL:
            raise Unavailable(f"{signal.Signals(signalnum).name} has no handler: it would end the process")
        if self.listener is not None:
            self.listener(int(signalnum))
        handler(int(signalnum), sys._getframe(1))

    def patches(self, refuse_kill) -> list:
        def kill(process, number):
            """To itself a program may send signals."""
            if process != os.getpid():
                refuse_kill(process, number)
            elif number != 0:
                self.raise_signal(number)

        return [(signal, name, getattr(self, name)) for name in ("signal", "getsignal", "raise_signal")] \
            + [(os, "kill", kill)]


def _check(signalnum) -> None:
    if int(signalnum) not in _VALID:
        raise ValueError("signal number out of range")


def no_handler(_signalnum, _frame):
    """What stands for a signal that a loop handles."""


class LoopSignals:
    """A loop's side: `add_signal_handler` and what comes of a signal, for a class that has `_call_soon`."""

    _signals: Signals

    def __init__(self, *given):
        super().__init__(*given)
        self._signal_handlers = {}
        self._arrived = []

    def add_signal_handler(self, sig, callback, *args):
        if asyncio.iscoroutine(callback) or inspect.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        if sig in _UNCATCHABLE:
            raise RuntimeError(f"sig {sig} cannot be caught")
        self._signal_handlers[sig] = callback, args, contextvars.copy_context()
        self._signals.listener = self._arrived.append
        self._signals.signal(sig, no_handler)

    def remove_signal_handler(self, sig):
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        self._signals.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        if not self._signal_handlers:
            self._signals.listener = None
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in _VALID:
            raise ValueError(f"invalid signal number {sig}")

    def close(self):
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    def _read_from_self(self):
        while self._arrived:
            found = self._signal_handlers.get(self._arrived.pop(0))
            if found is not None:
                self._call_soon(*found, "signal")

    _read_from_self.__qualname__ = "BaseSelectorEventLoop._read_from_self"
