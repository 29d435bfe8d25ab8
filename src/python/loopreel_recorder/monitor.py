"""Sees lines, exceptions and the library's functions at work, without touching any of them.

How Python tells of them depends on its version: `monitoring.py`, `tracing.py`.
"""
import ast
import re
import sys
import types

from .limits import LimitReached
from .lines import OWN
from .monitoring import Monitoring
from .recorder import LINE_REPEATS, Recorder
from .tracing import Tracing
from .values import message

_WHEN = ("start", "resume", "return", "yield", "unwind", "raise", "line", "call")
_MARK = re.compile(r"#\s*!mark\s+(.+?)\s*$")
#: Exceptions that only steer iteration.
_STEERING = (StopIteration, StopAsyncIteration, GeneratorExit)
#: How often lines that were switched off so are switched on again.
_RESTARTS = 500
#: Lines that a program may still run after a limit, to clean up.
_CLEANUP_LINES = 100_000


class Monitor:
    """`hooks` are of the library's functions; each of `observers` is asked for hooks of the block's own code. A hook
    is `(code, when, function)`; `when` is start, resume, return, yield, unwind, raise, line or call (a function
    written in C has returned)."""

    def __init__(self, recorder: Recorder, hooks: list, observers: list = ()) -> None:
        self.recorder = recorder
        self.observers = observers
        self.codes: set = set()
        self.marks: dict[int, str] = {}
        self.handler_bodies: dict[int, int] = {}
        #: By the address of the code: the hash of a code object takes all of its instructions.
        self.hooks: dict[str, dict[int, object]] = {when: {} for when in _WHEN}
        self.hooked: dict[int, types.CodeType] = {}
        for hook in hooks:
            self.add(*hook)
        self._raised: tuple | None = None
        self.pending: dict[int, object] = {}
        self._after_stop = 0
        self.known: dict[int, dict[int, str]] = {}
        self._counts: dict[str, int] = {}
        self._counted_from = self._counted_to = 0
        self._restarts = 0
        self.tracer = Monitoring(self) if hasattr(sys, "monitoring") else Tracing(self)

    def add(self, code: types.CodeType, when: str, hook) -> None:
        self.hooked[id(code)] = code
        first = self.hooks[when].get(id(code))
        self.hooks[when][id(code)] = hook if first is None else lambda *seen: (first(*seen), hook(*seen))

    def watch(self, code: types.CodeType, source: str, tree: ast.AST, first_line: int) -> None:
        """Watches the code object of a block and all code inside it. `first_line` is the note's line of `source`'s
        first line; positions of `tree` are already the note's."""
        for offset, line in enumerate(source.split("\n")):
            if found := _MARK.search(line):
                self.marks[first_line + offset] = found[1]
        if self.touches is not None:
            self.touches.read(tree)
        for node in ast.walk(tree) if "except" in source else ():
            if isinstance(node, ast.ExceptHandler):
                for statement in node.body:
                    for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
                        self.handler_bodies[line] = node.lineno
        waiting = [code]
        while waiting:
            one = waiting.pop()
            self.codes.add(one)
            for observer in self.observers:
                for hook in observer.hooks_of(one):
                    self.add(*hook)
            self.known[id(one)] = {}
            waiting += [item for item in one.co_consts if isinstance(item, types.CodeType)]

    # What happened

    def line(self, code, number: int, frame) -> bool:
        """A line is about to run. True when it need not be told again in this step."""
        recorder = self.recorder
        enough = self.touches is not None and self.touches.on and not recorder.frozen and self._touch(frame, number)
        if recorder.clock.private is not None and recorder.stopped is None:
            return enough
        if recorder.frozen:
            self._cleanup_line()
            return recorder.stopped is None
        if watched := id(code) in self.hooks["line"]:
            self.hook("line", code, frame)
        if self.pending:
            self._confirm(frame, number)
        if number in self.marks:
            recorder.event("mark", recorder.task, self.marks[number])
        site = recorder.site(number, code.co_qualname)
        text = OWN["line"](site)
        if number not in self.marks and not watched and not self._touching:
            self.known[id(code)][number] = text
        again = self._told(text) < LINE_REPEATS
        if again:
            recorder.event("line", recorder.task, site)
        elif self.tracer.switches_off and recorder.on_step is None and self._restarts < _RESTARTS:
            recorder.on_step = self._new_step
        return not again

    touches = None
    _touching = False

    def _touch(self, frame, number: int) -> bool:
        if not self._touching:
            self._touching = True
            self.touches.switch_on = self.tell_all_lines
            for known in self.known.values():
                known.clear()
        try:
            return self.touches.line(frame, number)
        except Exception as error:
            self.recorder.fault(error)
            return False

    def _told(self, text: str) -> int:
        """How often a line was written in this step; counted only when there can be many."""
        recorder, tape = self.recorder, self.recorder.tape
        if recorder.step_begins != self._counted_from:
            self._counted_from = self._counted_to = recorder.step_begins
            self._counts.clear()
        counts = self._counts
        lines = set(recorder.subjects["line"].values())
        for at in range(self._counted_to, len(tape), 3):
            if tape[at + 1] in lines:
                counts[tape[at + 2]] = counts.get(tape[at + 2], 0) + 1
        self._counted_to = len(tape)
        return counts.get(text, 0)

    def _new_step(self) -> None:
        """Lines that were switched off in the last step are told again in the next."""
        self.recorder.on_step = None
        self._restarts += 1
        self.tracer.restart()

    def _cleanup_line(self) -> None:
        recorder = self.recorder
        if recorder.stopped is not None:
            recorder.interrupt()
            self._after_stop += 1
            if self._after_stop > _CLEANUP_LINES:
                raise LimitReached(recorder.stopped)

    def insist(self) -> None:
        """The program was told to end, and told again: from now on every line of it raises, also those of handlers,
        which no program can swallow for ever."""
        if self.recorder.stopped is not None:
            self._after_stop = _CLEANUP_LINES
        self.tell_all_lines()

    def tell_all_lines(self) -> None:
        """Lines that were switched off are told again."""
        self.tracer.restart()

    def raised(self, frame, error: BaseException) -> None:
        """An exception was raised in, or came into, a frame of the block: written once on its way."""
        recorder = self.recorder
        if isinstance(error, _STEERING) or isinstance(error, LimitReached) or recorder.clock.private is not None:
            return
        key = (id(error), recorder.task, recorder.step)
        if key != self._raised:
            self._raised = key
            recorder.event("raise", recorder.task, recorder.frame_site(frame), message(error))

    def caught(self, frame, error: BaseException) -> None:
        """A handler was entered: an `except`, or a `finally` or `with` that will raise again. The first line of an
        `except` body tells."""
        if self.recorder.clock.private is None and not isinstance(error, _STEERING):
            self.pending[id(frame)] = True

    def _confirm(self, frame, number: int) -> None:
        if id(frame) in self.pending and number in self.handler_bodies:
            del self.pending[id(frame)]
            self._raised = None
            recorder = self.recorder
            site = recorder.site(self.handler_bodies[number], frame.f_code.co_qualname)
            recorder.event("handled", recorder.task, site)

    def hook(self, when: str, code, *arguments) -> None:
        if (hook := self.hooks[when].get(id(code))) is not None:
            self.call(hook, *arguments)

    def call(self, hook, *arguments) -> None:
        if not self.recorder.frozen:
            try:
                hook(*arguments)
            except LimitReached:
                raise
            except Exception as error:
                self.recorder.fault(error)
