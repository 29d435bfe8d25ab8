"""Standard output and error as a program sees them, kept and written into the trace."""
import dis
import io
import os
import re
import sys
from asyncio import base_events

from .limits import LimitReached

#: Debug mode prints where things were created; the recorder's own frames are none of the program's.
_HERE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "loopreel_")
_OWN_FRAME = re.compile(r'  File "(?:' + re.escape(_HERE) + r'|<frozen runpy>)[^\n]*\n(?:    [^\n]*\n)*')
_RUNS_HANDLE = re.compile(r'(?<=  File ")[^"\n]*", line \d+, in run_handle(?=\n)')
_OWN_PLACE = re.compile(re.escape(_HERE) + r"\w+")


class Console:
    """What both streams got, in order; `limit` counts their UTF-8 bytes together.

    `pieces`, where asked for, tells them apart: `[nanoseconds, line, statement, stream, text]`, where `line` is that
    of the call in the note (0 for the library's own) and `statement` that of the statement at the top that led to it.
    """

    def __init__(self, recorder, jobs, in_pieces: bool) -> None:
        self.recorder, self.jobs = recorder, jobs
        self.pieces: list[list] | None = [] if in_pieces else None
        self.statement = 0
        self.stdout: list[str] = []
        self.stderr: list[str] = []
        self.bytes = 0
        self.muted = False
        #: On the wall clock, what other processes write (`capture.py`).
        self.capture = None
        self.streams = {"stdout": Output(self, "stdout"), "stderr": Output(self, "stderr")}

    def write(self, stream: str, text: str) -> None:
        recorder = self.recorder
        if self.muted or recorder.stopped is not None:
            return
        if self.capture is not None:
            self.capture.take()
        clock = recorder.clock
        place = self._place() if self.pieces is not None else (0, 0)
        if clock.private is not None and clock.private > clock.now:
            self.jobs.later(clock.private, lambda: self._take(stream, text, place))
        else:
            self._take(stream, text, place)

    def _place(self) -> tuple[int, int]:
        """The note's line that is being run, in the innermost frame of the note's own, and that of the statement at
        the top that led to it."""
        frame, line = sys._getframe(2), 0
        while frame is not None:
            if frame.f_code.co_filename == self.recorder.file:
                line = line or frame.f_lineno or 0
                if frame.f_code.co_name == "<module>":
                    return line, self.statement or frame.f_lineno or 0
            frame = frame.f_back
        return line, self.statement

    def _take(self, stream: str, text: str, place: tuple[int, int]) -> None:
        recorder = self.recorder
        if recorder.stopped is not None:
            return
        self.bytes += len(text.encode("utf-8", "surrogatepass"))
        limit = recorder.limits["outputBytes"]
        if self.bytes > limit:
            recorder.stop("outputBytes", recorder.site_of(sys._getframe(2)))
            recorder.interrupt()
            raise LimitReached(recorder.stopped)
        text = recorder.addresses.clean(text)
        if _HERE in text:
            text = _OWN_PLACE.sub("asyncio", _OWN_FRAME.sub(_stock_frame, text))
        getattr(self, stream).append(text)
        recorder.printed(stream, text)
        if self.pieces is not None:
            piece = [recorder.clock.now, *place, stream, text]
            last = self.pieces[-1] if self.pieces else piece
            if last is not piece and last[:4] == piece[:4] and not last[4].endswith("\n"):
                last[4] += text
            else:
                self.pieces.append(piece)


def _stock_frame(found: re.Match) -> str:
    """What stands for a frame of the recorder: the stock loop's, where that runs a handle, else nothing."""
    if _RUNS_HANDLE.search(found[0]) is None:
        return ""
    run_once = base_events.BaseEventLoop._run_once
    calls = [one.positions.lineno for one in dis.get_instructions(run_once) if one.argval == "_run"]
    # It has two such lines; the first is debug mode's, which alone tells where things were created.
    line = calls[0 if "created at" in found.string else -1]
    return _RUNS_HANDLE.sub(lambda _: f'{base_events.__file__}", line {line}, in _run_once', found[0])


class Output(io.TextIOBase):
    """A text stream like the one that CPython opens on a pipe in UTF-8 mode."""

    encoding = "utf-8"
    errors = "strict"
    newlines = None
    line_buffering = True
    mode = "w"

    def __init__(self, console: Console, stream: str) -> None:
        self._console, self._stream = console, stream
        self.name = f"<{stream}>"
        self.errors = "strict" if stream == "stdout" else "backslashreplace"
        self.buffer = Bytes(self)

    def write(self, text):
        if type(text) is not str:
            if not isinstance(text, str):
                raise TypeError(f"write() argument must be str, not {type(text).__name__}")
            text = str.__str__(text)
        if not text.isascii():
            text = text.encode("utf-8", self.errors).decode("utf-8")
        if text:
            self._console.write(self._stream, text)
        return len(text)

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return {"stdout": 1, "stderr": 2}[self._stream]

    def reconfigure(self, **_options):
        pass

    def close(self):
        pass


class Bytes(io.RawIOBase):
    """`sys.stdout.buffer`."""

    def __init__(self, text: Output) -> None:
        self._text = text

    def write(self, data):
        self._text.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def writable(self):
        return True
