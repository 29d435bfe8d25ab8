"""Compiles what a recording process would else compile whenever it starts from nothing, or a block imports it: Python's
library and the recorder. Run in Pyodide as it comes when the package is made (`compile.mjs`)."""
import _imp
import importlib.util
import marshal
import zipfile

#: The time of all entries: the same input gives the same bytes.
_WHEN = (2026, 1, 1, 0, 0, 0)
#: Flags of a `.pyc` (PEP 552): by the hash of the source, and whether that is to be looked at when it is imported.
_BY_HASH, _CHECKED = 1, 2


def _compiled(source: bytes, path: str, flags: int) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True)
    hash_of_source = _imp.source_hash(int.from_bytes(importlib.util.MAGIC_NUMBER, "little"), source)
    return importlib.util.MAGIC_NUMBER + flags.to_bytes(4, "little") + hash_of_source + marshal.dumps(code)


def compile_library(path: str, target: str) -> None:
    """Writes the library's zip file at `path` anew, with a `.pyc` before each source that is Python; the sources stay,
    for tracebacks and `inspect`."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            new.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)
            if name.endswith(".py"):
                try:
                    code = _compiled(data, f"{path}/{name}", _BY_HASH)
                except (SyntaxError, ValueError):
                    continue
                new.writestr(zipfile.ZipInfo(name + "c", _WHEN), code, zipfile.ZIP_DEFLATED)


def compile_module(source: str, path: str) -> bytes:
    """The `.pyc` of one module; Python takes it only while its source is this one."""
    return _compiled(source.encode(), path, _BY_HASH | _CHECKED)
