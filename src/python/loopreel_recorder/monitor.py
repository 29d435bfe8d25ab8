"""Sees lines, exceptions and the library's functions at work, without touching any of them.

On Python 3.12 and later through `sys.monitoring`, with events switched on only for the block's own code and the
hooked functions; on 3.11 through `sys.settrace`.
"""
import ast
import re
import sys
import types

from .limits import LimitReached
from .lines import OWN
from .recorder import LINE_REPEATS, Recorder
from .values import message

_MONITORING = hasattr(sys, "monitoring")
_TOOL = 4
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
        self._hooked: dict[int, types.CodeType] = {}
        for hook in hooks:
            self.add(*hook)
        self._raised: tuple | None = None
        self._pending: dict[int, object] = {}
        self._after_stop = 0
        self._known: dict[int, dict[int, str]] = {}
        self._counts: dict[str, int] = {}
        self._counted_from = self._counted_to = 0
        self._restarts = 0

    def add(self, code: types.CodeType, when: str, hook) -> None:
        self._hooked[id(code)] = code
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
            self._known[id(one)] = {}
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
            self._hook("line", code, frame)
        if self._pending:
            self._confirm(frame, number)
        if number in self.marks:
            recorder.event("mark", recorder.task, self.marks[number])
        site = recorder.site(number, code.co_qualname)
        text = OWN["line"](site)
        if number not in self.marks and not watched and not self._touching:
            self._known[id(code)][number] = text
        again = self._told(text) < LINE_REPEATS
        if again:
            recorder.event("line", recorder.task, site)
        elif _MONITORING and recorder.on_step is None and self._restarts < _RESTARTS:
            recorder.on_step = self._new_step
        return not again

    touches = None
    _touching = False

    def _touch(self, frame, number: int) -> bool:
        if not self._touching:
            self._touching = True
            self.touches.switch_on = self.tell_all_lines
            for known in self._known.values():
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
        sys.monitoring.restart_events()

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
        if _MONITORING:
            sys.monitoring.restart_events()

    def raised(self, frame, error: BaseException) -> None:
        """An exception was raised in, or came into, a frame of the block: written once on its way."""
        recorder = self.recorder
        if isinstance(error, _STEERING) or isinstance(error, LimitReached) or recorder.clock.private is not None:
            return
        key = (id(error), recorder.task, recorder.step)
        if key != self._raised:
            self._raised = key
            recorder.event("raise", recorder.task, recorder.frame_site(frame), message(error))

    def caught(self, frame) -> None:
        """A handler was entered: an `except`, or a `finally` or `with` that will raise again. The first line of an
        `except` body tells."""
        if self.recorder.clock.private is None:
            self._pending[id(frame)] = True

    def _confirm(self, frame, number: int) -> None:
        if id(frame) in self._pending and number in self.handler_bodies:
            del self._pending[id(frame)]
            self._raised = None
            recorder = self.recorder
            site = recorder.site(self.handler_bodies[number], frame.f_code.co_qualname)
            recorder.event("handled", recorder.task, site)

    def _hook(self, when: str, code, *arguments) -> None:
        if (hook := self.hooks[when].get(id(code))) is not None:
            self._call(hook, *arguments)

    def _call(self, hook, *arguments) -> None:
        if not self.recorder.frozen:
            try:
                hook(*arguments)
            except LimitReached:
                raise
            except Exception as error:
                self.recorder.fault(error)

    # Python 3.12 and later

    def start(self) -> None:
        if not _MONITORING:
            sys.settrace(self._trace_call)
            if self.hooks["call"]:
                sys.setprofile(self._trace_c)
            return
        monitoring, events = sys.monitoring, sys.monitoring.events
        monitoring.use_tool_id(_TOOL, "loopreel")
        local: dict = {}
        kinds = {"start": events.PY_START, "resume": events.PY_RESUME, "return": events.PY_RETURN,
                 "yield": events.PY_YIELD, "call": events.CALL}
        for when, kind in kinds.items():
            for code in map(self._hooked.get, self.hooks[when]):
                local[code] = local.get(code, 0) | kind
        for code, wanted in local.items():
            monitoring.set_local_events(_TOOL, code, wanted | (events.LINE if code in self.codes else 0))
        for code in self.codes - local.keys():
            monitoring.set_local_events(_TOOL, code, events.LINE)
        frame_of = sys._getframe
        file = self.recorder.file

        recorder, tape, clock = self.recorder, self.recorder.tape, self.recorder.clock
        lines, known, pending = recorder.subjects["line"], self._known, self._pending

        def on_line(code, number):
            if len(tape) < recorder.calm and not pending and clock.private is None:
                if (text := known[id(code)].get(number)) is not None:
                    tape.extend((recorder.head, lines[recorder.task], text))
                    return None
            return monitoring.DISABLE if self.line(code, number, frame_of(1)) else None

        starts, returns, yields, unwinds = (self.hooks[when] for when in ("start", "return", "yield", "unwind"))
        call = self._call

        recorder, disable = self.recorder, monitoring.DISABLE

        # Where a recording holds no more and the block runs on unseen, hooks cost only time from then on.
        def on_start(code, _offset):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(starts[id(code)], frame_of(1))

        def on_resume(code, _offset):
            if recorder.truncated and recorder.stopped is None:
                return disable
            self._hook("resume", code, frame_of(1))

        def on_call(code, _offset, function, argument):
            self._hook("call", code, frame_of(1), function, argument)

        def on_return(code, _offset, value):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(returns[id(code)], frame_of(1), value)

        def on_yield(code, _offset, value):
            if recorder.truncated and recorder.stopped is None:
                return disable
            call(yields[id(code)], frame_of(1), value)

        def on_unwind(code, _offset, error):
            if (hook := unwinds.get(id(code))) is not None:
                call(hook, frame_of(1), error)
            elif pending:
                pending.pop(id(frame_of(1)), None)

        def on_raise(code, _offset, error):
            if code.co_filename == file:
                if self.hooks["raise"]:
                    self._hook("raise", code, frame_of(1), error)
                self.raised(frame_of(1), error)

        def on_reraise(code, _offset, error):
            if self._pending:
                self._pending.pop(id(frame_of(1)), None)

        def on_handled(code, _offset, error):
            if code.co_filename == file and not isinstance(error, _STEERING):
                self.caught(frame_of(1))

        for kind, callback in (
            (events.LINE, on_line), (events.PY_START, on_start), (events.PY_RETURN, on_return),
            (events.PY_YIELD, on_yield), (events.PY_UNWIND, on_unwind), (events.RAISE, on_raise),
            (events.RERAISE, on_reraise), (events.EXCEPTION_HANDLED, on_handled), (events.PY_RESUME, on_resume),
            (events.C_RETURN, on_call),
        ):
            monitoring.register_callback(_TOOL, kind, callback)
        monitoring.set_events(_TOOL, events.PY_UNWIND | events.RAISE | events.RERAISE | events.EXCEPTION_HANDLED)

    def forget(self) -> None:
        """The block has ended: nothing that it raised is held on to."""
        self._error = self._leaving = None

    def stop(self) -> None:
        if not _MONITORING:
            sys.settrace(None)
            sys.setprofile(None)
            return
        monitoring = sys.monitoring
        monitoring.set_events(_TOOL, 0)
        for code in {*self.codes, *self._hooked.values()}:
            monitoring.set_local_events(_TOOL, code, 0)
        for kind in ("LINE", "PY_START", "PY_RESUME", "PY_RETURN", "PY_YIELD", "PY_UNWIND", "RAISE", "RERAISE",
                     "EXCEPTION_HANDLED", "C_RETURN"):
            monitoring.register_callback(_TOOL, getattr(monitoring.events, kind), None)
        monitoring.free_tool_id(_TOOL)

    # Python 3.11

    _resumed = _leaving = _error = None

    def _trace_call(self, frame, _event, _argument):
        code = frame.f_code
        own = id(code) in self._known
        if not own and id(code) not in self._hooked:
            return None
        starts = _is_start(frame)
        if starts:
            self._hook("start", code, frame)
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
                self._hook("resume", frame.f_code, frame)
        if event == "line":
            self._leaving = self._error = None
            self.line(frame.f_code, frame.f_lineno, frame)
        elif event == "exception":
            if not isinstance(argument[1], (StopIteration, StopAsyncIteration)):
                self._leaving = frame
            self._note_error(argument[1])
            self._hook("raise", frame.f_code, frame, argument[1])
            self.raised(frame, argument[1])
            if not isinstance(argument[1], _STEERING):
                self.caught(frame)
        elif event == "return":
            self._pending.pop(id(frame), None)
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
            self._hook("return", frame.f_code, frame, argument)
        elif operation in ("YIELD_VALUE", "SEND", "RESUME") and not leaving:
            self._hook("yield", frame.f_code, frame, argument)
        else:
            # No exception was seen where the collector closes a coroutine.
            self._hook("unwind", frame.f_code, frame, self._error or GeneratorExit())

    def _trace_c(self, frame, event, function) -> None:
        if event == "c_return" and id(frame.f_code) in self.hooks["call"]:
            owner = getattr(function, "__self__", None)
            self._hook("call", frame.f_code, frame, getattr(type(owner), function.__name__, None), owner)


def _operation(frame) -> str:
    import opcode

    code = frame.f_code.co_code
    return opcode.opname[code[frame.f_lasti]] if 0 <= frame.f_lasti < len(code) else ""


def _is_start(frame) -> bool:
    """Whether a `call` event is the function's start; a coroutine's resumption gives one too (RESUME's argument
    tells), and so does an exception that is thrown in where it stands."""
    code = frame.f_code.co_code
    return frame.f_lasti < 0 or _operation(frame) == "RESUME" and code[frame.f_lasti + 1] & 3 == 0
