"""What a block may have changed, put back: modules and their attributes, streams, paths, environment, logging, warnings.
"""
import gc
import logging
import os
import sys
import types
import warnings

#: Modules whose attributes are not put back: they hold the interpreter's own state.
UNTOUCHED = frozenset(("__main__", "sys", "builtins", "linecache", "_thread", "importlib._bootstrap",
                        "importlib._bootstrap_external", "_frozen_importlib", "_frozen_importlib_external",
                        "pyodide_js", "js", "tracemalloc", "encodings", "codecs"))


#: What `remember_modules` saw.
_remembered: tuple[dict, dict] | None = None


def remember_modules() -> None:
    """Reads once what all modules hold. For a host that puts the whole memory back between two recordings, and has
    frozen what the collector need not look at: reading both anew takes longer than most blocks run."""
    global _remembered
    _remembered = _modules()


def keep_modules():
    """What it gives back puts all modules and their attributes back."""
    modules, contents = _remembered or _modules()
    return lambda: _restore_modules(modules, contents)


def _modules() -> tuple[dict, dict]:
    """The modules there are, and the attributes of those that can be put back."""
    modules = dict(sys.modules)
    contents = {name: dict(vars(module)) for name, module in modules.items()
                if isinstance(module, types.ModuleType) and name not in UNTOUCHED
                and not name.startswith("loopreel_recorder")}
    return modules, contents


def _restore_modules(modules: dict, contents: dict) -> None:
    for name in [name for name in sys.modules if name not in modules]:
        del sys.modules[name]
    sys.modules.update(modules)
    for name, before in contents.items():
        now = vars(modules[name])
        now.update(before)
        if len(now) != len(before):
            for key in [key for key in now if key not in before]:
                del now[key]


def keep_settings(directory: str):
    """Puts the interpreter's settings to what a fresh one has; what it gives back puts everything back that there was,
    `directory` among it."""
    streams = sys.stdout, sys.stderr, sys.stdin, sys.argv, list(sys.path), sys.getrecursionlimit()
    environment, handlers = dict(os.environ), list(logging.root.handlers)
    loggers, level = dict(logging.root.manager.loggerDict), logging.root.level
    filters = list(warnings.filters)
    displayhook, excepthook = sys.displayhook, sys.excepthook

    def restore():
        sys.stdout, sys.stderr, sys.stdin, sys.argv, sys.path[:] = streams[:5]
        sys.setrecursionlimit(streams[5])
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        try:
            os.chdir(directory)
        except OSError:
            pass
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        logging.disable(logging.NOTSET)
        logging.root.manager.loggerDict.clear()
        logging.root.manager.loggerDict.update(loggers)
        asyncio_logger = logging.getLogger("asyncio")
        asyncio_logger.handlers[:], asyncio_logger.propagate = [], True
        asyncio_logger.setLevel(logging.NOTSET)
        warnings.filters[:] = filters
        getattr(warnings, "_filters_mutated", getattr(warnings, "_filters_mutated_lock_held", int))()
        sys.displayhook, sys.excepthook = displayhook, excepthook
        sys.settrace(None) if not hasattr(sys, "monitoring") else None
        gc.enable()
        if frozen:
            gc.unfreeze()

    # When the collector runs must not depend on what was there before the block: it runs once, at its end.
    gc.disable()
    frozen = _remembered is None and gc.get_freeze_count() == 0
    if frozen:
        gc.freeze()
    warnings.resetwarnings()
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category, append=True)
    return restore
