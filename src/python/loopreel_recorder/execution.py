"""Compiles and executes a block's program, as a script, with top-level `await`, or a line of a REPL at a time."""
import ast
import asyncio
import inspect
import types

from .source import _FLAGS


def compiled(tree, mode: str, file: str):
    """The code of a program; of a REPL's session one code a statement."""
    if mode == "repl":
        return [compile(ast.Interactive([statement]), file, "single", flags=_FLAGS, dont_inherit=True)
                for statement in tree.body]
    return compile(tree, file, "exec", flags=_FLAGS if mode == "await" else 0, dont_inherit=True)


def run_code(code: types.CodeType, names: dict) -> None:
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(types.FunctionType(code, names)())
    else:
        exec(code, names)


def run_prelude(statements: list, names: dict, monitor, file: str) -> None:
    """Definitions from other blocks. One that fails leaves its name undefined."""
    for program, statement in statements:
        tree = ast.Module(body=[statement], type_ignores=[])
        try:
            code = compile(tree, file, "exec", dont_inherit=True)
            if program is not None:
                monitor.watch(code, program.code, tree, program.first_line)
            exec(code, names)
        except Exception:
            continue
