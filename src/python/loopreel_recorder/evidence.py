"""What `loopreel check` needs to know of a block besides its recording."""
import ast

from .deprecated import deprecated_uses
from .prelude import PACKAGES, Prelude, missing_names
from .source import Program

#: Coroutine functions of asyncio that nobody calls for their future.
_COROUTINES = frozenset(("sleep", "wait", "wait_for", "to_thread", "open_connection", "start_server"))


def evidence(target: Program, programs: list[Program], pieces: list, busy_seconds: float) -> dict:
    """What a block printed, piece by piece, and what its text alone tells.

    `{mode, pieces, busySeconds, pasted?: {line, text}, output?, names, findings}`: `pieces` as `Console` has them;
    `busySeconds` is real processor time; `pasted` is output below the code in the same fence, `output` true for a
    fence that holds nothing else; `names` are those that no earlier block gives a value, `{name, line, column, from:
    nowhere/later/library/package, at?}`; a finding is `{rule, line, column, endColumn, ...}`.
    """
    told = {"mode": target.mode, "pieces": pieces or [], "busySeconds": round(busy_seconds, 3), "names": [],
            "findings": []}
    if target.output:
        told["output"] = True
    tree = target.tree
    if tree is None:
        return told
    if target.mode != "repl" and (pasted := _pasted(target, tree)) is not None:
        told["pasted"] = pasted
    columns = _Columns(target)
    told["names"] = _names(target, programs, tree, columns)
    coroutines = {node.name for program in programs if program.tree is not None for node in ast.walk(program.tree)
                  if isinstance(node, ast.AsyncFunctionDef)}
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node, what, since, removed, instead in deprecated_uses(tree, coroutines - own):
        told["findings"].append({"rule": "deprecated", **columns.of(node), "what": what, "since": since,
                                 "removed": removed, "instead": instead})
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and (name := _coroutine_call(node.value, coroutines - own)):
            told["findings"].append({"rule": "never-awaited", **columns.of(node), "what": name})
    return told


def _pasted(target: Program, tree: ast.Module) -> dict | None:
    """Output below the program in the same fence: what is no code, and numbers that stand alone, which parse but make
    sense only as output."""
    end = tree.body[-1].end_lineno + 1 if tree.body else target.first_line
    for statement in reversed(tree.body[1:]):
        value = getattr(statement, "value", None)
        if not (isinstance(statement, ast.Expr) and isinstance(value, ast.Constant) and type(value.value) in (int, float)):
            break
        end = statement.lineno
    lines = target.text.split("\n")
    for n in range(end - target.first_line, len(lines)):
        if lines[n].strip() and not lines[n].lstrip().startswith("#"):
            return {"line": target.first_line + n, "text": "\n".join(lines[n:]).rstrip()}
    return None


def _names(target: Program, programs: list[Program], tree, columns) -> list[dict]:
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        return []
    caught = {name.id for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.type is not None
              for name in ast.walk(node.type) if isinstance(name, ast.Name)}
    if "NameError" in caught:
        return []
    prelude = Prelude(target, programs)
    index = programs.index(target)
    found = []
    for name, line in missing_names(tree, target.code, target.file).items():
        node = min((node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name
                    and node.lineno == line), key=lambda node: node.col_offset)
        entry = {"name": name, **columns.of(node)}
        if name in prelude.undefined:
            entry["from"] = "package" if name in PACKAGES else "nowhere"
            if name in PACKAGES:
                entry["package"] = PACKAGES[name]
        else:
            supplier = next(((program, statement) for program, statement in prelude.statements
                             if name in _gives(statement)), None)
            if supplier is None:
                continue
            program, statement = supplier
            if program is None:
                entry["from"] = "library"
            elif programs.index(program) > index:
                entry |= {"from": "later", "at": statement.lineno}
            else:
                continue
        found.append(entry)
    return found


def _gives(statement) -> set[str]:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _coroutine_call(node, coroutines: set[str]) -> str | None:
    """The name of the coroutine that an expression makes and drops."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if isinstance(function, ast.Name) and function.id in coroutines:
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        if function.value.id == "asyncio" and function.attr in _COROUTINES:
            return f"asyncio.{function.attr}"
    return None


class _Columns:
    """Places of nodes in the note; `ast` counts columns in UTF-8 bytes from 0, people in characters from 1."""

    def __init__(self, target: Program) -> None:
        self._lines, self._first = target.code.split("\n"), target.first_line

    def of(self, node) -> dict:
        return {"line": node.lineno, "column": self._column(node.lineno, node.col_offset),
                "endLine": node.end_lineno, "endColumn": self._column(node.end_lineno, node.end_col_offset)}

    def _column(self, line: int, offset: int) -> int:
        text = self._lines[line - self._first].encode("utf-8", "surrogatepass")
        return len(text[:offset].decode("utf-8", "replace")) + 1
