"""Why a task does not run: its chain of awaits, read from the outside."""
import asyncio
import gc
import types

from .lines import HOLE, around, waited_for
from .recorder import Recorder
from .streams import connection_of
from .tasks import ANY_TASK

_STEPS = {
    types.CoroutineType: ("cr_frame", "cr_await"),
    types.GeneratorType: ("gi_frame", "gi_yieldfrom"),
    types.AsyncGeneratorType: ("ag_frame", "ag_await"),
}

#: Library frames whose qualified name is not what the author wrote.
_AUTHOR_NAMES = {
    "_AsCompletedIterator.__anext__": "as_completed",
    "_AsCompletedIterator._wait_for_one": "as_completed",
    "as_completed.<locals>._wait_for_one": "as_completed",
    "_wait": "wait",
    "__sleep0": "sleep",
    "Timeout.__aexit__": "timeout",
    "_AsyncGeneratorContextManager.__aenter__": "asynccontextmanager",
    "_AsyncGeneratorContextManager.__aexit__": "asynccontextmanager",
}

#: Methods of the library in which a task waits for a resource, and the wake cause that it then has.
RESOURCE_WAITS = {
    "Semaphore.acquire": "release",
    "Lock.acquire": "release",
    "Event.wait": "set",
    "Condition.wait": "release",
    "Queue.get": "result",
    "Queue.put": "result",
    "Queue.join": "result",
    "Barrier._wait": "release",
    "Barrier._block": "release",
}


def frames_of(coro) -> list:
    """The frames that a suspended coroutine stands in, outermost first.

    An async generator breaks the chain, since the awaitable of its `__anext__` shows nothing; the garbage collector's
    view of what it refers to bridges that.
    """
    frames, awaited = [], coro
    for _ in range(1000):
        if type(awaited) is types.CoroutineType:
            if awaited.cr_frame is not None:
                frames.append(awaited.cr_frame)
            awaited = awaited.cr_await
            continue
        step = _STEPS.get(type(awaited))
        if step is None:
            if awaited is None or isinstance(awaited, asyncio.Future):
                break
            bridge = [item for item in gc.get_referents(awaited) if type(item) in _STEPS]
            if not bridge:
                break
            awaited = bridge[0]
            continue
        frame = getattr(awaited, step[0])
        if frame is not None:
            frames.append(frame)
        awaited = getattr(awaited, step[1])
    return frames


class Wait:
    """One suspension: the own fields of `suspend`, and what its `wake` will need. `on` is a pair like `("timer", 5)`,
    None for a bare `yield`."""

    __slots__ = ("site", "stack", "api", "leaf", "on", "cause", "resource", "composite")

    def text(self, recorder: Recorder) -> str:
        """Its own fields as a line has them."""
        key = (tuple(self.stack), self.api, self.leaf)
        found = recorder.suspensions.get(key)
        if found is None:
            found = around("suspend", self.site, self.stack, self.api, self.leaf, HOLE)
            recorder.suspensions[key] = found
        before, behind = found
        return before + ("[]" if self.on is None else waited_for(*self.on)) + behind


def read_wait(task, recorder: Recorder, composites, resources, number_of_task) -> tuple[Wait, str]:
    """Reads why `task`, which has just been suspended, waits; and the text of that."""
    future = task._fut_waiter
    key = _bare_place(task.get_coro(), recorder.file) if future is None else None
    if key is not None and (known := recorder.bare_waits.get(key)) is not None:
        return known[0], known[1]
    wait = _read_wait(task, future, recorder, composites, resources, number_of_task)
    text = wait.text(recorder)
    if key is not None:
        # The codes are kept, whose addresses are the key; the frames would keep what the program has let go of.
        recorder.bare_waits[key] = wait, text, [frame.f_code for frame in frames_of(task.get_coro())]
    return wait, text


def _bare_place(coro, file: str) -> tuple | None:
    """Where a task stands that only gave way: the author's own coroutines, perhaps with `sleep(0)` as the innermost.
    None for any other."""
    place = []
    while type(coro) is types.CoroutineType:
        code = coro.cr_code
        if code.co_filename != file:
            if code is not _SLEEP:
                return None
            place.append(0)
            return tuple(place)
        place += (id(code), coro.cr_frame.f_lasti)
        coro = coro.cr_await
    return tuple(place) if coro is None else None


_SLEEP = asyncio.sleep.__code__


def _read_wait(task, future, recorder: Recorder, composites, resources, number_of_task) -> Wait:
    wait = Wait()
    frames = frames_of(task.get_coro())
    file = recorder.file
    own = [n for n, frame in enumerate(frames) if frame.f_code.co_filename == file]
    wait.stack = [recorder.frame_site(frames[n]) for n in own]
    wait.site = wait.stack[-1] if own else None
    library = frames[own[-1] + 1 :] if own else frames
    wait.resource = None
    leaf = library[-1] if library else None
    if leaf is not None:
        wait.api, wait.leaf = author_name(library[0]), author_name(leaf)
    else:
        wait.api = wait.leaf = _kind_of_future(future)
    if future is None:
        wait.composite = None
        wait.on, wait.cause = None, "result"
        return wait
    leaf_name = leaf.f_code.co_qualname if leaf is not None else ""
    composite = composites.of_future(future) or (composites.of_wait(leaf, leaf_name) if leaf is not None else None)
    wait.composite = composite
    if composite is not None:
        wait.on, wait.cause = ("composite", composite.number), "done"
    elif leaf_name == "_cancel_and_wait" and isinstance(leaf.f_locals["fut"], ANY_TASK):
        wait.on, wait.cause = ("task", number_of_task(leaf.f_locals["fut"])), "done"
    elif isinstance(future, ANY_TASK):
        wait.on, wait.cause = ("task", number_of_task(future)), "done"
    elif (timer := getattr(future, "_timer", None)) is not None:
        wait.on, wait.cause = ("timer", timer), "timer"
    elif (job := getattr(future, "_job", None)) is not None:
        wait.on, wait.cause = ("job", job), "job"
    elif (connection := getattr(future, "_io", None)) is not None \
            or leaf is not None and (connection := connection_of(leaf)) is not None:
        wait.on, wait.cause = ("io", connection), "io"
    elif leaf_name in RESOURCE_WAITS and (found := resources.of(leaf.f_locals.get("self"))) is not None:
        wait.resource = leaf.f_locals["self"]
        wait.on, wait.cause = ("resource", found), RESOURCE_WAITS[leaf_name]
    else:
        wait.on, wait.cause = ("future", _future_number(future, recorder)), "result"
    return wait


def author_name(frame) -> str:
    """The name of a library frame as an author would say it: `sleep`, `Queue.get`, `Semaphore` for its
    `__aenter__`."""
    name = frame.f_code.co_qualname
    known = _AUTHOR_NAMES.get(name)
    if known is not None:
        return known
    if "." not in name:
        return name
    if name.rpartition(".")[2] in ("__aenter__", "__aexit__", "__anext__", "__await__"):
        owner = frame.f_locals.get("self")
        return type(owner).__name__ if owner is not None else name.partition(".")[0]
    owner = frame.f_locals.get("self") if "." in name and "<locals>" not in name else None
    if owner is not None:
        return f"{type(owner).__name__}.{name.rpartition('.')[2]}"
    return name.rpartition(".")[2]


def _kind_of_future(future) -> str:
    if future is None:
        return "yield"
    if isinstance(future, ANY_TASK):
        return "task"
    composite = getattr(future, "_composite", None)
    return composite.op if composite is not None else "future"


def _future_number(future, recorder: Recorder) -> int:
    try:
        return future._future_number
    except AttributeError:
        future._future_number = number = recorder.number("future")
        return number
