"""Runs one block of a note as plain Python runs it, by the same rules (design.md §3): what a recording is compared with.

`python stock.py REQUEST TARGET RESULT`: REQUEST holds the JSON that `record_block` takes. The block prints as it likes;
RESULT becomes `{status, error?: {text, line}}`, with the words of `record_block`. Real clock, loop, chance and network.
"""
import ast
import asyncio
import contextlib
import io
import json
import pathlib
import signal
import sys
import traceback
import types
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "src" / "python"))

from loopreel_recorder.execution import compiled, run_code  # noqa: E402
from loopreel_recorder.record import Recording  # noqa: E402
from loopreel_recorder.prelude import Prelude  # noqa: E402
from loopreel_recorder.source import implicit_main  # noqa: E402


def run(request: dict, tell) -> None:
    recording = Recording(request)
    target, file = recording.target, recording.file
    tree = target.tree
    if target.output:
        return tell("skipped")
    try:
        code = compiled(tree, target.mode, recording.file) if tree is not None else None
    except (SyntaxError, ValueError) as error:
        target.error, code = error, None
    if code is None:
        described = recording.failures.syntax_error(target.error)
        return tell("raised", described["text"], described["line"])
    recording.failures.show_lines()
    for told in target.warnings:
        warnings.warn_explicit(told.message, told.category, told.filename, told.lineno)
    main = types.ModuleType("__main__")
    main.__file__ = file
    names = vars(main)
    sys.modules["__main__"] = main
    sys.argv = [file]
    sys.stdin = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for _, statement in Prelude(target, recording.programs).statements:
            with contextlib.suppress(Exception):
                exec(compile(ast.Module(body=[statement], type_ignores=[]), file, "exec", dont_inherit=True), names)
    tell("ran")
    try:
        for n, one in enumerate(code, 1) if isinstance(code, list) else []:
            recording._run_prompt(one, names, n == len(code))
        if not isinstance(code, list):
            run_code(code, names)
        name = implicit_main(tree) if target.mode == "script" else None
        if name is not None and asyncio.iscoroutinefunction(names.get(name)):
            asyncio.run(names[name]())
    except SystemExit as leaving:
        if leaving.code is not None and not isinstance(leaving.code, int):
            print(leaving.code, file=sys.stderr)
    except BaseException as error:
        text = "".join(traceback.TracebackException.from_exception(error).format_exception_only()).strip()
        tell("raised", text, recording.failures.line_of(error))


if __name__ == "__main__":
    path, target, result = sys.argv[1:]
    request = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))

    def tell(status, text=None, line=None):
        told = {"status": status} if text is None else {"status": status, "error": {"text": text, "line": line}}
        pathlib.Path(result).write_text(json.dumps(told), encoding="utf-8")

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run({**request, "target": target}, tell)
