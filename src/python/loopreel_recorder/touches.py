"""Data that threads share: where emulation, which runs one thread ahead of the others, would show what never was.

Each line's names, attributes and containers are looked at as it runs. When somebody touches what a thread has touched
at a later time, on the clock, and one of the two writes, their true order is another than the one in which they ran
here. Locks, queues and events, which are emulated, keep such lines apart.
"""
import ast
import inspect
import types
from _threading_local import local
from collections import Counter, OrderedDict, defaultdict, deque

_CONTAINERS = (list, dict, set, bytearray, deque, defaultdict, Counter, OrderedDict)
_WRITERS = frozenset(("append", "appendleft", "add", "clear", "discard", "extend", "extendleft", "insert", "pop",
                      "popitem", "popleft", "remove", "reverse", "rotate", "setdefault", "sort", "subtract", "update"))
#: How often a line is looked at in one job at one time; what else it touches then is hardly new.
_ENOUGH = 40
_CODE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type)


class Touches:
    """`on` from the first emulated job. `looks` tells whether the job that runs has asked for shared data in a loop's
    test. `conflict` is called with a name and a frame when two threads meet at it."""

    def __init__(self, clock, conflict) -> None:
        self._clock, self._conflict = clock, conflict
        self.on = self.looks = False
        self._trees: list = []
        self._lines: dict[int, list] | None = None
        self._touched: dict[tuple, list] = {}
        self._latest = 0
        self._writing: dict[int, list] = {}
        self._counted: tuple = ()
        self._counts: dict[tuple, int] = {}
        #: Whether lines were switched off, and how they are switched on again.
        self._off, self.switch_on = False, lambda: None

    def read(self, tree: ast.AST) -> None:
        """A block's tree, whose positions are the note's. It is gone through when first needed."""
        self._trees.append(tree)
        self._lines = None

    def moved(self) -> None:
        """The job's time has gone on, or the job has ended: all lines count anew."""
        if self._off:
            self._off = False
            self.switch_on()

    def line(self, frame, number: int) -> bool:
        """A line is about to run. True when it has been looked at often enough, until `moved`."""
        clock = self._clock
        if clock.private is None:
            self._look(frame, number)
            return False
        if self._counted != (clock.private, clock.now):
            self._counted = clock.private, clock.now
            self._counts.clear()
        place = id(frame.f_code), number
        self._counts[place] = count = self._counts.get(place, 0) + 1
        if count <= _ENOUGH:
            self._look(frame, number)
            return False
        self._off = True
        return True

    def _look(self, frame, number: int) -> None:
        clock = self._clock
        moment = clock.read()
        ahead = moment > clock.now
        if not ahead and clock.private is None and self._latest <= clock.now:
            self._touched.clear()
            return
        if self._lines is None:
            self._lines = _lines_of(self._trees)
        # What the line before wrote was written by now.
        for key, holder in self._writing.pop(id(frame), ()):
            self._note(key, holder, moment, True)
        writing = []
        for writes, path, item, tests in self._lines.get(number, ()):
            key, holder = _key(frame, path, item)
            if key is None:
                continue
            found = self._touched.get(key)
            if found is not None and (found[1] > moment or writes and found[2] > moment):
                self._conflict(".".join(path), frame)
            if ahead:
                self._note(key, holder, moment, writes)
            self.looks = self.looks or tests and clock.private is not None
            if writes and clock.private is not None:
                writing.append((key, holder))
        if writing:
            self._writing[id(frame)] = writing

    def _note(self, key: tuple, holder, moment: int, writes: bool) -> None:
        """`holder` keeps its address from being another's."""
        found = self._touched.setdefault(key, [holder, 0, 0])
        found[1 if writes else 2] = max(found[1 if writes else 2], moment)
        self._latest = max(self._latest, moment)


def _key(frame, path: tuple, item: bool) -> tuple:
    """`(what is touched, the object that holds it)`; `(None, None)` for what no other thread can see or change."""
    code, base = frame.f_code, path[0]
    own = base in code.co_varnames
    shared = base in code.co_freevars or base in code.co_cellvars
    values = frame.f_locals if own or shared else frame.f_globals
    if base not in values:
        return None, None
    value = values[base]
    if len(path) == 1 and not item:
        return (None, None) if own and not shared or isinstance(value, _CODE) else ((shared, base), None)
    for name in path[1:] if item else path[1:-1]:
        value = inspect.getattr_static(value, name, None)
    if item:
        return (("[]", id(value)), value) if type(value) in _CONTAINERS else (None, None)
    return (None, None) if isinstance(value, (*_CODE, local)) else ((path[-1], id(value)), value)


def _lines_of(trees: list) -> dict[int, list]:
    """By line: `(writes, path, whether its items, whether in a loop's test)` of all that stands there."""
    lines: dict[int, list] = {}
    for tree in trees:
        loops = [node for node in ast.walk(tree) if isinstance(node, ast.While)]
        tests = [node.test for loop in loops for node in ast.walk(loop) if isinstance(node, (ast.While, ast.If))]
        asked = {id(node) for test in tests for node in ast.walk(test)}
        for node in ast.walk(tree):
            for writes, expression, item in _touched_by(node):
                if (path := _path(expression)) is not None:
                    lines.setdefault(expression.lineno, []).append((writes, path, item, id(expression) in asked))
    return lines


def _touched_by(node: ast.AST) -> list:
    if isinstance(node, (ast.Name, ast.Attribute)):
        if isinstance(node.ctx, ast.Load):
            return [(False, node, False), (False, node, True)]
        return [(True, node, False)]
    if isinstance(node, ast.AugAssign):
        return [(False, node.target, False)] if not isinstance(node.target, ast.Subscript) else []
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return [(True, node.value, True)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITERS:
        return [(True, node.func.value, True)]
    return []


def _path(expression: ast.expr) -> tuple | None:
    """`self.items` as `("self", "items")`; None for anything but names and attributes."""
    names = []
    while isinstance(expression, ast.Attribute):
        names.append(expression.attr)
        expression = expression.value
    return (expression.id, *reversed(names)) if isinstance(expression, ast.Name) else None
