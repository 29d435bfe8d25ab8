"""Functions of the block that can be left in the middle: what emulated threads run.

There is one real thread, and a function that blocks in it blocks everything. So a thread runs the twin of a function: a
generator, compiled from the same lines, which hands each call that may block to whoever steps it (`yield from`). Calls
stay where they were, in a frame of the block's own code. What has no twin (a generator, library code that calls back)
runs in one go.
"""
import ast
import builtins
import copy
import functools
import inspect
import os
import types
import warnings

from .source import Program

_HERE = os.path.dirname(__file__)
_NEVER = frozenset(dir(builtins))
#: Stand in the twin's source for the two functions that it is given: constants, so that its globals stay the program's.
_PICK, _HOLD, _PAUSES = "\0pick", "\0hold", "\0pauses"
_VALUE = ".value"


class Twins:
    """`pick` gives what a thread calls instead of a function, `pauses` whether what came back must be stepped."""

    def __init__(self, programs: list[Program], file: str, blocking) -> None:
        self._programs, self._file, self._blocking = programs, file, blocking
        self._codes: dict[int, tuple] = {}
        self._own: set[types.CodeType] = set()

    def pauses(self, value) -> bool:
        return type(value) is types.GeneratorType and (
            value.gi_code in self._own or os.path.dirname(value.gi_code.co_filename) == _HERE)

    def pick(self, function):
        """A generator function with the same result, or the function itself."""
        waiting = self._blocking.of(function)
        if waiting is not None:
            return waiting
        if isinstance(function, types.MethodType):
            twin = self._twin(function.__func__)
            return function if twin is None else types.MethodType(twin, function.__self__)
        if isinstance(function, functools.partial):
            return functools.partial(self.pick(function.func), *function.args, **function.keywords)
        return self._twin(function) or function

    def _twin(self, function):
        if type(function) is not types.FunctionType or function.__code__.co_filename != self._file:
            return None
        code = function.__code__
        if id(code) not in self._codes:
            made = self._compile(code)
            if made is not None:
                self._own.add(made)
            self._codes[id(code)] = (code, made)
        made = self._codes[id(code)][1]
        if made is None:
            return None
        cells = dict(zip(code.co_freevars, function.__closure__ or ()))
        twin = types.FunctionType(made, function.__globals__, function.__name__, function.__defaults__,
                                  tuple(cells[name] for name in made.co_freevars))
        twin.__kwdefaults__ = function.__kwdefaults__
        return twin

    def _compile(self, code: types.CodeType) -> types.CodeType | None:
        """The twin's code, None for a function that has none or that waits for nothing."""
        if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
            return None
        found = next((found for program in self._programs if program.tree is not None
                      if (found := _find(program.tree, code, None)) is not None), None)
        if found is None:
            return None
        function, owner = found
        twin = ast.FunctionDef(code.co_name, function.args, function.body, [], **_no_types())
        ast.copy_location(twin, function)
        twin.body = [_Pausing().visit(copy.deepcopy(statement)) for statement in function.body]
        # Free names are bound around it; a class around it gives `__class__` and its private names.
        names = [name for name in code.co_freevars if name != "__class__"]
        inside = [twin] if owner is None else [ast.ClassDef(owner, [], [], [twin], [], **_no_types())]
        bound = [ast.Assign([ast.Name(name, ast.Store())], ast.Constant(None)) for name in names]
        around = ast.FunctionDef("around", ast.arguments([], [], None, [], [], None, []), [*bound, *inside], [],
                                 **_no_types())
        module = ast.fix_missing_locations(ast.copy_location(ast.Module([around], []), function))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = compile(module, self._file, "exec", dont_inherit=True)
        made = _inner(whole, code.co_name)
        if made is None or not made.co_flags & inspect.CO_GENERATOR or set(made.co_freevars) - set(code.co_freevars):
            return None
        given = {_PICK: self.pick, _PAUSES: self.pauses, _HOLD: self._blocking.hold}
        constants = tuple(given.get(value, value) if type(value) is str else value for value in made.co_consts)
        return made.replace(co_consts=constants, co_qualname=code.co_qualname)


class _Pausing(ast.NodeTransformer):
    """Calls and `with` statements of one function's own body."""

    def _leave(self, node):
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _leave
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _leave

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _NEVER:
            return node
        picked = ast.Call(ast.Constant(_PICK), [node.func], [])
        return _stepped(ast.Call(picked, node.args, node.keywords), node)

    def visit_With(self, node):
        self.generic_visit(node)
        for item in node.items:
            item.context_expr = _stepped(ast.Call(ast.Constant(_HOLD), [item.context_expr], []), item.context_expr)
        return node


def _stepped(call: ast.Call, place: ast.expr) -> ast.expr:
    """`(yield from value) if pauses(value := call) else value`."""
    value = ast.NamedExpr(ast.Name(_VALUE, ast.Store()), call)
    load = ast.Name(_VALUE, ast.Load())
    made = ast.IfExp(ast.Call(ast.Constant(_PAUSES), [value], []), ast.YieldFrom(load), load)
    for node in ast.walk(made):
        if not hasattr(node, "lineno"):
            ast.copy_location(node, place)
    return made


def _find(tree: ast.AST, code: types.CodeType, owner: str | None):
    """The definition that was compiled to `code`, and the class whose body it stands in."""
    if code.co_name == "<lambda>":
        return _find_lambda(tree, code)
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first == code.co_firstlineno:
                return node, owner
        inner = node.name if isinstance(node, ast.ClassDef) else None if isinstance(node, ast.FunctionDef) else owner
        if (found := _find(node, code, inner)) is not None:
            return found
    return None


def _find_lambda(tree: ast.AST, code: types.CodeType):
    """The `lambda` whose body stands where an instruction of `code` does, as a definition that returns it."""
    places = set(code.co_positions())
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda) and _place(node.body) in places:
            made = ast.FunctionDef(code.co_name, node.args, [ast.Return(node.body)], [], **_no_types())
            return ast.fix_missing_locations(ast.copy_location(made, node)), None
    return None


def _place(node: ast.expr) -> tuple:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _inner(code: types.CodeType, name: str) -> types.CodeType | None:
    for item in code.co_consts:
        if isinstance(item, types.CodeType):
            if item.co_name == name and not code.co_name == "<module>":
                return item
            if (found := _inner(item, name)) is not None:
                return found
    return None


def _no_types() -> dict:
    return {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}
