"""Files that a program opens itself, with `open` or `pathlib`: which one, and that it was none of the machine's."""
import _io
import io
import os
import sys

from .computer import patches

#: The parts of a path's class that call `open` in Python.
_METHODS = ("open", "read_text", "write_text", "read_bytes", "write_bytes", "touch")


class PlainFiles:
    """Only the opening is told: what is read and written goes through methods written in C, which nobody sees. Files
    that the library opens for itself, to show a line of a traceback, are none of the program's."""

    def __init__(self, recorder, outside) -> None:
        self._recorder, self._outside = recorder, outside
        #: The function that stands before `open` in the sandbox.
        self._before = {value.__code__ for owner, name, value in patches() if (owner, name) == (io, "open")}

    def hooks(self) -> list:
        """Those of that function, and of `pathlib` where it has been imported."""
        pathlib = sys.modules.get("pathlib")
        methods = [] if pathlib is None else [getattr(pathlib.Path, name, None) for name in _METHODS]
        codes = {method.__code__ for method in methods if hasattr(method, "__code__")}
        before = [(code, "call", self.called) for code in self._before]
        return [*before, *(hook for code in codes for hook in self.hooks_of(code))]

    def hooks_of(self, code) -> list:
        return [(code, "call", self.called)] if "open" in code.co_names else []

    def called(self, frame, function, path) -> None:
        """A function written in C has returned. A path is a text, or an object of the library's own."""
        if function is not _io.open:
            return
        caller = frame.f_back if frame.f_code in self._before else frame
        known = caller.f_code.co_filename == self._recorder.file or _is_pathlib(caller.f_globals.get("__name__"))
        if known and (type(path) is str or _is_pathlib(type(path).__module__)):
            self._outside.opened("file " + os.fspath(path))


def _is_pathlib(module) -> bool:
    return type(module) is str and module.partition(".")[0] == "pathlib"
