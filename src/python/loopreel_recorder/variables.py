"""Values over time: context variables that are set, and the names that a fence's `watch=` asks for."""
import contextvars

from .recorder import Recorder
from .values import brief

_CHANGES = (contextvars.ContextVar.set, contextvars.ContextVar.reset)
#: How often one name is written in one step.
_REPEATS = 400
_UNBOUND = object()


class Variables:
    """Writes `var`. A watched name is looked at when a line of the block has run: its repr, without calling code of
    the program, is compared with the last one of the same frame or of the globals."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.watched: tuple[str, ...] = ()
        self._last: dict[tuple, str] = {}
        self._sites: dict[int, int] = {}
        self._counts: dict[tuple, int] = {}

    def hooks_of(self, code) -> list:
        hooks = []
        if {"set", "reset"} & set(code.co_names):
            hooks.append((code, "call", self.called))
        if self.watched:
            hooks += [(code, "line", self.line), (code, "yield", self.paused), (code, "return", self.left),
                      (code, "unwind", self.left)]
        return hooks

    # Context variables

    def called(self, frame, function, variable) -> None:
        """A function written in C has returned."""
        recorder = self.recorder
        if any(function is one for one in _CHANGES) and type(variable) is contextvars.ContextVar and recorder.clock.private is None:
            value = variable.get(_UNBOUND)
            recorder.event("var", recorder.task, variable.name, None if value is _UNBOUND else self._text(value),
                           "context", recorder.site_of(frame))

    # Watched names

    def line(self, frame) -> None:
        self._look(frame)
        self._sites[id(frame)] = self.recorder.frame_site(frame)

    def paused(self, frame, _value) -> None:
        self._look(frame)

    def left(self, frame, _outcome) -> None:
        self._look(frame)
        self._sites.pop(id(frame), None)
        for name in self.watched:
            self._last.pop((id(frame), name), None)

    def _look(self, frame) -> None:
        recorder, code = self.recorder, frame.f_code
        if recorder.clock.private is not None:
            return
        for name in self.watched:
            if name in code.co_varnames or name in code.co_cellvars or name in code.co_freevars:
                place, scope, values = id(frame), "local", frame.f_locals
            else:
                place, scope, values = 0, "global", frame.f_globals
            if name not in values:
                continue
            text = self._text(values[name])
            if self._last.get((place, name)) == text:
                continue
            self._last[(place, name)] = text
            key = (recorder.step, name)
            self._counts[key] = count = self._counts.get(key, 0) + 1
            if count <= _REPEATS:
                recorder.event("var", recorder.task, name, text, scope, self._sites.get(id(frame)))

    def _text(self, value) -> str:
        return self.recorder.addresses.clean(brief(value))
