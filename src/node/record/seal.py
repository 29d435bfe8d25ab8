"""The outermost of the walls: closes the easy ways out, with words that a reader understands.

Run once, after start and before the first block. It is no hard wall: code that digs can undo what Python code did. The
bare context, the ban on code from strings, Node's permissions and the separate process stand behind it.
"""


def _seal():
    import asyncio.events
    import importlib.machinery
    import os
    import posix
    import signal
    import subprocess
    import sys
    import __main__
    import _imp

    bridge = {"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core"}
    closed = bridge | {"ctypes", "_ctypes", "_ctypes_test", "cffi", "_posixsubprocess"}
    words = "`{}` cannot be used here: notes run in a sandbox that has no way to the computer around it"

    def check(name):
        if name.partition(".")[0] in closed:
            raise ImportError(words.format(name), name=name)

    class Closed:
        """First of the finders: refuses the names that lead out of Python."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            check(name)
            return None

    # 1. The names are gone, and so is everything that Pyodide's own modules hold, above all `js`.
    for name in [name for name in sys.modules if name.partition(".")[0] in closed]:
        module = sys.modules.pop(name)
        if name.partition(".")[0] in bridge:
            getattr(module, "__dict__", {}).clear() if type(module) is type(sys) else None
    for name in [*bridge, "loopreel_recorder", "record_block", "remember_modules"]:
        __main__.__dict__.pop(name, None)

    # 2. They do not come back: neither Pyodide's finders nor the built-in one makes them.
    finders = importlib.machinery
    own = (finders.BuiltinImporter, finders.FrozenImporter, finders.PathFinder)
    sys.meta_path[:] = [Closed, *(finder for finder in sys.meta_path if finder in own)]
    create = _imp.create_builtin

    def create_builtin(spec, /):
        check(spec.name)
        return create(spec)

    _imp.create_builtin = create_builtin

    # 3. The event loop of the page is not the notes' loop.
    asyncio.events._event_loop_policy = None
    asyncio.events._set_running_loop(None)

    # 4. Processes: the same error that CPython gives where it cannot start one, in plainer words.
    def refuse(name):
        def refused(*arguments, **options):
            raise OSError(words.format(name))

        refused.__name__ = refused.__qualname__ = name.rpartition(".")[2]
        return refused

    processes = """
        system popen fork forkpty vfork posix_spawn posix_spawnp execv execve execl execle execlp execlpe execvp execvpe
        spawnl spawnlp spawnle spawnlpe spawnv spawnve spawnvp spawnvpe kill killpg abort _exit
    """
    for name in processes.split():
        for module in (os, posix):
            if hasattr(module, name):
                setattr(module, name, refuse(f"os.{name}"))
    subprocess.Popen.__init__ = refuse("subprocess.Popen")
    subprocess.Popen.__del__ = lambda self: None

    # 5. What the process was started with says nothing to a note.
    for name in [name for name in os.environ if name.startswith("PYTHON") or name in ("LD_LIBRARY_PATH", "_")]:
        del os.environ[name]
    os.environ.update(USER="reader", LOGNAME="reader", PWD=os.getcwd())

    # 6. The deadline's signal means something only while a block runs; the recorder puts its handler in place for that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    # 7. Deeper recursion than this would overflow the stack of the machine below.
    limit = sys.setrecursionlimit

    def setrecursionlimit(limit_, /):
        limit(min(limit_, 2000) if isinstance(limit_, int) else limit_)

    sys.setrecursionlimit = setrecursionlimit


try:
    _seal()
finally:
    del _seal
