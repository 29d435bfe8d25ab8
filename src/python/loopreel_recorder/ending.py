"""What Python does when a program has ended: `atexit`, and letting go of everything that the program kept."""
import gc
import sys
import traceback
import warnings

#: What CPython calls the place of a warning that is given when no code runs any more.
_AFTER_THE_END = ("<sys>", 0) if sys.version_info >= (3, 13) else ("sys", 1)


def run_at_exit(registered: list, recorder) -> None:
    """Calls what `atexit` keeps, `(function, arguments, options)`, last registered first."""
    while registered and recorder.stopped is None:
        function, arguments, options = registered.pop()
        try:
            function(*arguments, **options)
        except Exception:
            print("Exception ignored in atexit callback " + repr(function) + ":", file=sys.stderr)
            traceback.print_exc()


def drop(names: dict, error: BaseException | None, forget, pending) -> None:
    """Empties the program's globals, what the frames of its error hold, and by `forget()` what the recorder does, so
    that Python warns of coroutines that were never awaited. `pending()` gives the tasks that never came to an end: at
    exit CPython tells of them before it closes their coroutines."""
    show = warnings._showwarnmsg

    def at_exit(told):
        if "loopreel_recorder" in told.filename:
            (told.filename, told.lineno), told.line = _AFTER_THE_END, ""
        show(told)

    warnings._showwarnmsg = at_exit
    forget()
    _drop_frames(error)
    for name in [name for name in names if not name.startswith("__")]:
        names[name] = None
    names.clear()
    _tell_of(pending())
    gc.collect()


def _tell_of(tasks: list) -> None:
    for task in tasks:
        task.__del__()
        task._log_destroy_pending = False


def _drop_frames(error: BaseException | None) -> None:
    while error is not None:
        error.__traceback__ = None
        for inner in getattr(error, "exceptions", ()):
            _drop_frames(inner)
        error = error.__cause__ or error.__context__
