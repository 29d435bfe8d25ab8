"""How Python 3.11 tells a monitor: through `sys.settrace`, and `sys.setprofile` for functions written in C."""
import opcode
import sys


class Tracing:
    #: Every line is told for ever.
    switches_off = False

    def __init__(self, monitor) -> None:
        self.monitor = monitor
        self._resumed = self._leaving = self._error = None

    def start(self) -> None:
        sys.settrace(self._trace_call)
        if self.monitor.hooks["call"]:
            sys.setprofile(self._trace_c)

    def restart(self) -> None:
        """No line is ever switched off."""

    def forget(self) -> None:
        """The block has ended: nothing that it raised is held on to."""
        self._error = self._leaving = None

    def stop(self) -> None:
        sys.settrace(None)
        sys.setprofile(None)

    def _trace_call(self, frame, _event, _argument):
        code = frame.f_code
        own = id(code) in self.monitor.known
        if not own and id(code) not in self.monitor.hooked:
            return None
        starts = _is_start(frame)
        if starts:
            self.monitor.hook("start", code, frame)
        if own:
            self._resumed = None if starts else frame
            return self._trace_block
        frame.f_trace_lines = False
        return self._trace_library

    def _trace_block(self, frame, event, argument):
        if self._resumed is frame:
            # Only now it shows whether the frame was resumed or an exception thrown into it.
            self._resumed = None
            if event != "exception":
                self.monitor.hook("resume", frame.f_code, frame)
        if event == "line":
            self._leaving = self._error = None
            self.monitor.line(frame.f_code, frame.f_lineno, frame)
        elif event == "exception":
            if not isinstance(argument[1], (StopIteration, StopAsyncIteration)):
                self._leaving = frame
            self._note_error(argument[1])
            self.monitor.hook("raise", frame.f_code, frame, argument[1])
            self.monitor.raised(frame, argument[1])
            self.monitor.caught(frame, argument[1])
        elif event == "return":
            self.monitor.pending.pop(id(frame), None)
            self._returned(frame, argument)
        return self._trace_block

    def _trace_library(self, frame, event, argument):
        if event == "exception":
            self._note_error(argument[1])
        elif event == "return":
            self._returned(frame, argument)
        return self._trace_library

    def _note_error(self, error) -> None:
        """Keeps an exception for the frames that it will leave, up to the block's next line: it keeps all that is in
        its own frames. A StopIteration only hands on a value."""
        if not isinstance(error, StopIteration):
            self._error = error

    def _returned(self, frame, argument) -> None:
        # An exception thrown in leaves a frame at the very instruction at which it would be suspended.
        operation, leaving = _operation(frame), self._leaving is frame
        self._leaving = None
        if operation == "RETURN_VALUE":
            self.monitor.hook("return", frame.f_code, frame, argument)
        elif operation in ("YIELD_VALUE", "SEND", "RESUME") and not leaving:
            self.monitor.hook("yield", frame.f_code, frame, argument)
        else:
            # No exception was seen where the collector closes a coroutine.
            self.monitor.hook("unwind", frame.f_code, frame, self._error or GeneratorExit())

    def _trace_c(self, frame, event, function) -> None:
        if event == "c_return" and id(frame.f_code) in self.monitor.hooks["call"]:
            owner = getattr(function, "__self__", None)
            self.monitor.hook("call", frame.f_code, frame, getattr(type(owner), function.__name__, None), owner)


def _operation(frame) -> str:
    code = frame.f_code.co_code
    return opcode.opname[code[frame.f_lasti]] if 0 <= frame.f_lasti < len(code) else ""


def _is_start(frame) -> bool:
    """Whether a `call` event is the function's start; a coroutine's resumption gives one too (RESUME's argument
    tells), and so does an exception that is thrown in where it stands."""
    code = frame.f_code.co_code
    return frame.f_lasti < 0 or _operation(frame) == "RESUME" and code[frame.f_lasti + 1] & 3 == 0
