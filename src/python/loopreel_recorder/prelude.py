"""What a block uses but does not define, found in the blocks around it (design.md §3, "How a block runs")."""
import ast
import builtins
import copy
import importlib.util
import symtable
import sys

from loopreel_outside import PACKAGES as SIMULATED

from .source import Program

_IMPLICIT = set("""
    __name__ __file__ __doc__ __builtins__ __spec__ __package__ __loader__ __annotations__ __class__ __debug__ __path__
    __dict__ __module__ __qualname__ __conditional_annotations__ __classdict__ __firstlineno__ __static_attributes__
    __type_params__
""".split())

#: Usual short names of packages, and packages that lessons use without importing them.
PACKAGES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib", "tf": "tensorflow"} | {
    name: name for name in """
        numpy pandas uvicorn fastapi flask django trio anyio curio uvloop websockets bs4
        redis aioredis asyncpg aiomysql motor pymongo sqlalchemy celery torch tqdm gevent tornado sanic pytest janus
        aiosqlite aiolimiter tenacity
    """.split()
}


def missing_names(tree: ast.Module, source: str, file: str) -> dict[str, int]:
    """The global names that a program reads and nowhere binds, each with the line of its first use, in that order."""
    bound, read = set(), set()
    try:
        tables = [symtable.symtable(source, file, "exec")]
    except (SyntaxError, ValueError):
        tables = [symtable.symtable(ast.unparse(_Synchronous().visit(copy.deepcopy(tree))), file, "exec")]
    top = tables[0]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            name = symbol.get_name()
            if table is top or symbol.is_declared_global():
                if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace() or symbol.is_annotated():
                    bound.add(name)
                if symbol.is_referenced():
                    read.add(name)
            elif symbol.is_global() and symbol.is_referenced():
                read.add(name)
    return _first_uses(tree, read - bound)


class _Synchronous(ast.NodeTransformer):
    """A program with top-level `await`, which `symtable` does not take, as one without: for its names only."""

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef

    def visit_Await(self, node):
        return self.visit(node.value)

    def visit_AsyncFor(self, node):
        self.generic_visit(node)
        return ast.copy_location(ast.For(**{name: getattr(node, name) for name in ast.For._fields}), node)

    def visit_AsyncWith(self, node):
        self.generic_visit(node)
        return ast.copy_location(ast.With(**{name: getattr(node, name) for name in ast.With._fields}), node)

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.is_async = 0
        return node


def _first_uses(tree, names: set) -> dict[str, int]:
    names = {name for name in names if not hasattr(builtins, name) and name not in _IMPLICIT}
    if not names:
        return {}
    uses = sorted((node.lineno, node.col_offset, node.id) for node in ast.walk(tree)
                  if isinstance(node, ast.Name) and node.id in names)
    first: dict[str, int] = {}
    for line, _, name in uses:
        first.setdefault(name, line)
    return first


class Prelude:
    """The statements that supply missing names, in the order in which they must run; `undefined` are the names that
    nothing supplies, with their lines; `package` is a package that is not there and that they needed."""

    def __init__(self, target: Program, programs: list[Program]) -> None:
        index = next(n for n, program in enumerate(programs) if program.id == target.id)
        self._earlier, self._later = programs[:index][::-1], programs[index + 1:]
        self.statements: list[tuple[Program, ast.stmt]] = []
        self.undefined: dict[str, int] = {}
        self._supplied: set[str] = set()
        for name, line in missing_names(target.tree, target.code, target.file).items():
            if not self._supply(name, target.tree, self.statements, self._supplied, ()):
                self.undefined[name] = line

    def _supply(self, name: str, user: ast.AST, statements: list, supplied: set, path: tuple) -> bool:
        """Takes what gives `name`, which `user` lacks. A module is meant by `time.sleep`, not by `print(token)`."""
        if name in supplied or name in path:
            return True
        for program in self._earlier:
            if (found := _import_of(program.tree, name)) is not None:
                if _missing_package(found) is None:
                    statements.append((program, found))
                    supplied.add(name)
                    return True
        if any(self._define(program, name, statements, supplied, path) for program in self._earlier):
            return True
        known = name in SIMULATED or name in sys.stdlib_module_names and importlib.util.find_spec(name) is not None
        if known and _has_attributes(user, name):
            statement = ast.Import(names=[ast.alias(name=name)])
            statements.append((None, ast.fix_missing_locations(statement)))
            supplied.add(name)
            return True
        return any(self._define(program, name, statements, supplied, path) for program in self._later)

    def _define(self, program: Program, name: str, statements: list, supplied: set, path: tuple) -> bool:
        """Takes a definition of `name` from `program`, with all that it needs in turn."""
        statement = _definition_of(program.tree, name)
        if statement is None:
            return False
        trial, names = list(statements), set(supplied)
        module = ast.Module(body=[statement], type_ignores=[])
        for needed in _missing_by_scope(module):
            if needed == name or needed in names:
                continue
            own = _import_of(program.tree, needed)
            if own is not None:
                if _missing_package(own) is not None:
                    return False
                trial.append((program, own))
                names.add(needed)
            elif not self._define(program, needed, trial, names, (*path, name)) \
                    and not self._supply(needed, statement, trial, names, (*path, name)):
                if needed in PACKAGES:
                    return False
        trial.append((program, statement))
        names.add(name)
        statements[:] = trial
        supplied |= names
        return True


def _has_attributes(tree: ast.AST, name: str) -> bool:
    """Whether a program reads attributes of `name`."""
    return any(isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
               for node in ast.walk(tree))


def _missing_by_scope(module: ast.Module) -> list[str]:
    source = ast.unparse(module)
    return list(missing_names(module, source, "<prelude>"))


def _import_of(tree: ast.Module | None, name: str):
    for node in reversed(tree.body if tree is not None else []):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if (alias.asname or alias.name.partition(".")[0]) == name:
                    return node
    return None


def _missing_package(statement) -> str | None:
    """The top-level package of an import that this Python does not have."""
    names = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else [n.name for n in statement.names]
    for name in names:
        top = name.partition(".")[0]
        try:
            if top and top not in sys.modules and top not in SIMULATED and importlib.util.find_spec(top) is None:
                return top
        except (ImportError, ValueError):
            return top
    return None


def _definition_of(tree: ast.Module | None, name: str):
    for node in reversed(tree.body if tree is not None else []):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name:
            return node
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets) and _harmless(node.value):
                return node
    return None


_MAKERS = {"range", "list", "dict", "set", "tuple", "len", "sorted", "str", "int", "float", "deque", "defaultdict",
           "namedtuple", "frozenset", "getLogger", "local", "ContextVar"}


def _harmless(value) -> bool:
    """Whether evaluating an assignment's value does nothing but make a value."""
    if value is None:
        return False
    for node in ast.walk(value):
        if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)):
            return False
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if not (name[:1].isupper() or name in _MAKERS):
                return False
    return True
