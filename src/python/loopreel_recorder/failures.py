"""Errors of a block, told in the note's terms: its own frames, its own lines, and why it could not run here at all."""
import linecache
import sys
import traceback

from loopreel_outside.missing import NotSimulated, Refused

from .limits import LimitReached, Unavailable
from .prelude import PACKAGES
from .source import bound_names


class Failures:
    """Tells the errors of block `target`. `busy` while an error makes its own text, which may take for ever."""

    def __init__(self, file: str, target, programs: list, implementation: str, clean) -> None:
        self.file, self.target, self.programs = file, target, programs
        self.implementation, self.clean = implementation, clean
        self.busy = False

    def show_lines(self) -> None:
        """Lets tracebacks find the text of all blocks, on the note's lines."""
        last = max(program.line + program.text.count("\n") + 2 for program in self.programs)
        lines = ["\n"] * last
        for program in self.programs:
            for n, line in enumerate(program.code.split("\n")):
                lines[program.line + n] = line + "\n"
        linecache.cache[self.file] = (sum(map(len, lines)), None, lines, self.file)

    def syntax_error(self, error: Exception) -> dict:
        """Why the block is no program, as the result tells it."""
        text = "".join(traceback.format_exception_only(error))
        if not isinstance(error, SyntaxError):
            error = SyntaxError(str(error))
        column = {"column": error.offset} if error.offset else {}
        return {"text": f"{type(error).__name__}: {error.msg}", "line": error.lineno or self.target.first_line,
                **column, "traceback": text}

    def described(self, error: BaseException) -> dict:
        """The error in CPython's words, with the note's own frames only."""
        self.busy = True
        try:
            formatted = traceback.TracebackException.from_exception(error)
        except LimitReached:
            return {"text": f"{type(error).__name__}: its own text takes for ever", "line": self.line_of(error),
                    "traceback": ""}
        finally:
            self.busy = False
        line = self.line_of(error)
        self._keep_own_frames(formatted, 0)
        clean = self.clean
        return {
            "text": clean("".join(formatted.format_exception_only()).strip()),
            "line": line,
            "traceback": clean("".join(formatted.format())),
        }

    def _keep_own_frames(self, formatted, depth: int) -> None:
        if formatted is None or depth > 10:
            return
        own = [frame for frame in formatted.stack if frame.filename == self.file]
        formatted.stack = traceback.StackSummary.from_list(own)
        for inner in (formatted.__cause__, formatted.__context__, *(getattr(formatted, "exceptions", None) or ())):
            self._keep_own_frames(inner, depth + 1)

    def line_of(self, error: BaseException) -> int:
        """The note's line at which it was raised, or came into the note's code."""
        if isinstance(error, SyntaxError) and error.filename == self.file and error.lineno:
            return error.lineno
        lines = [line for frame, line in traceback.walk_tb(error.__traceback__)
                 if frame.f_code.co_filename == self.file]
        for inner in getattr(error, "exceptions", ()) if not lines else ():
            return self.line_of(inner)
        return lines[-1] if lines else self.target.first_line

    def skip_reason(self, error: BaseException) -> tuple[str, int] | None:
        """Why a block could not run here at all: `(sentence, line)`; None for an error of the block itself."""
        line = self.line_of(error)
        if isinstance(error, ModuleNotFoundError) and error.name:
            package = error.name.partition(".")[0]
            if package in sys.stdlib_module_names:
                return f"needs the module `{error.name}`, which {self.implementation} does not have", line
            return f"needs the package `{package}`, which is not part of Python", line
        if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
            name = getattr(error, "name", None)
            if name is not None and name not in bound_names(self.target.tree):
                if name in PACKAGES:
                    return f"needs the package `{PACKAGES[name]}`, which is not part of Python", line
                return f"`{name}` is defined nowhere in this note", line
        while error is not None:
            if isinstance(error, (Unavailable, NotSimulated, Refused)):
                return str(error), line
            error = error.__cause__ or error.__context__
        return None
