"""Numbered tasks: who runs, who was created, who was asked to stop, who is done."""
import asyncio
import asyncio.futures
import asyncio.tasks
import gc
import sys
import types
import weakref

from .recorder import ABSENT, Recorder
from .values import brief, message

#: The C task and the pure Python one.
ANY_TASK = tuple({asyncio.Task, asyncio.tasks._PyTask})

_INTERNAL_COROUTINES = ("BaseEventLoop.shutdown_asyncgens", "BaseEventLoop.shutdown_default_executor",
                        "BaseEventLoop._create_server_getaddrinfo", "BaseSelectorEventLoop._accept_connection2")


class Tasks:
    """Gives tasks their numbers and writes `spawn`, `done`, `cancelReq` and `uncancel`.

    `running` is the task whose step runs, `finished` whether its `done` is written already, `parked` whether its
    `suspend` is; `group` is the composite of the TaskGroup that is creating a task at this moment.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.running: object | None = None
        self.finished = self.parked = False
        self.group: int | None = None
        # Weak, as the loop's own are: a pending task that nobody keeps must be able to vanish.
        self.all: weakref.WeakValueDictionary[int, object] = weakref.WeakValueDictionary()
        self._default_names = 0
        self.future_class = _future_class()

    def number(self, task, coro=None) -> int:
        """The task's number. A task that the loop did not make itself is written down when first seen; `coro` is its
        coroutine where that is known."""
        try:
            return task._number
        except AttributeError:
            task._number = number = self.recorder.number("task")
            # A task that ended eagerly has no coroutine any more; 3.12.1 crashes when it is asked for.
            if coro is None and not task.done():
                coro = task.get_coro()
            self.spawned(task, number, coro, task.get_name(), False)
            return number

    def default_name(self) -> str:
        """`Task-1`, `Task-2`, …: CPython counts only the tasks that were given no name."""
        self._default_names += 1
        return f"Task-{self._default_names}"

    def spawned(self, task, number: int, coro, name: str, eager: bool) -> None:
        recorder = self.recorder
        self.all[number] = task
        group, self.group = self.group, None
        if recorder.frozen:
            return
        qualname = getattr(coro, "__qualname__", None) or _name_of_awaitable(coro)
        site = None if qualname in _INTERNAL_COROUTINES else recorder.site_of(sys._getframe(1))
        recorder.event("spawn", number, number, name, qualname, _arguments(coro), recorder.task, site, group, eager)

    def done(self, task, number: int) -> None:
        """Writes how a task ended. Reads private fields: `exception()` would mark the exception as retrieved."""
        self.all.pop(number, None)
        if self.recorder.frozen:
            return
        if task.cancelled():
            own = ("cancelled", ABSENT, ABSENT)
        elif task._exception is not None:
            own = ("error", ABSENT, message(task._exception))
        else:
            own = ("ok", self.recorder.addresses.clean(brief(task._result)), ABSENT)
        self.recorder.event("done", number, *own)

    def settle(self) -> None:
        """Writes the running task's `done` as soon as it is done, before what its end sets in motion."""
        task = self.running
        if task is not None and not self.finished and task.done():
            self.finished = True
            self.done(task, task._number)

    def pending(self) -> list:
        """Tasks that are not done, in creation order."""
        return [task for _, task in sorted(self.all.items()) if not task.done()]


def outcome(future) -> str:
    """`ok`, `error` or `cancelled` of a future that is done, without marking its exception as retrieved."""
    if is_cancelled(future):
        return "cancelled"
    return "ok" if future._exception is None else "error"


def is_cancelled(future) -> bool:
    """Whether whoever waits for a future that is done gets a CancelledError: `gather` passes one on as an
    exception."""
    return future.cancelled() or isinstance(future._exception, asyncio.CancelledError)


def _name_of_awaitable(awaitable) -> str:
    """`numbers.aclose` for what the loop makes a task of to close an async generator."""
    for item in gc.get_referents(awaitable):
        if type(item) is types.AsyncGeneratorType:
            return f"{item.__qualname__}.aclose"
    return type(awaitable).__name__


def _arguments(coro) -> list:
    code = getattr(coro, "cr_code", None)
    frame = getattr(coro, "cr_frame", None)
    if code is None or frame is None or frame.f_lasti > 20:
        return []
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    values = frame.f_locals
    return [[name, brief(values[name], 40)] for name in names if name in values]


def task_class(session):
    """The class of a recording's tasks, which stands in for `asyncio.Task`."""
    tasks, recorder, variation = session.tasks, session.recorder, session.recorder.variation

    class TaskType(type(asyncio.Task)):
        def __getattr__(cls, name):
            """What is missing (`Task.all_tasks` of Python 3.8) is told in the stock class's name."""
            raise AttributeError(f"type object '_asyncio.Task' has no attribute '{name}'", name=name, obj=cls)

    class Task(asyncio.Task, metaclass=TaskType):
        """A task that is hashed by its creation number, so that sets of tasks have one order everywhere."""

        __slots__ = ("_number", "_waits", "_asked")

        def __init__(self, coro, *, name=None, eager_start=False, **more):
            """`spawn` is written before the constructor queues (or, eagerly, runs) the first step."""
            self._waits, self._asked = None, False
            if eager_start:
                more["eager_start"] = True
                # Only in a loop that runs (CPython, `Task.__init__`).
                loop = more.get("loop") or asyncio.events._get_running_loop()
                eager_start = loop is not None and loop.is_running()
            if not asyncio.iscoroutine(coro):
                super().__init__(coro, name=name, **more)
            if name is None:
                name = tasks.default_name()
            self._number = number = recorder.number("task")
            try:
                tasks.spawned(self, number, coro, str(name), bool(eager_start))
            except Exception as error:
                recorder.fault(error)
            if not eager_start:
                super().__init__(coro, name=name, **more)
            else:
                outer = recorder.task, tasks.running, tasks.finished, tasks.parked
                recorder.task, tasks.running, tasks.finished, tasks.parked = number, self, False, False
                try:
                    super().__init__(coro, name=name, **more)
                finally:
                    session.end_step(self)
                    recorder.task, tasks.running, tasks.finished, tasks.parked = outer
            if self._source_traceback:
                del self._source_traceback[-1]

        def __hash__(self):
            return self._number if variation is None else variation.task_hash(self._number)

        def cancel(self, msg=None):
            if not self.done():
                try:
                    text = msg if type(msg) is str else None
                    recorder.event("cancelReq", self._number, recorder.task, self.cancelling() + 1, text)
                    self._asked = True
                except Exception as error:
                    recorder.fault(error)
            return super().cancel(msg)

        def uncancel(self):
            count = super().uncancel()
            recorder.event("uncancel", self._number, count)
            if count == 0 and not self._must_cancel:
                self._asked = False
            return count

    Task.__module__ = "_asyncio"
    Task.__qualname__ = "Task"
    return Task


def _future_class():
    count = 0

    class Future(asyncio.Future):
        """A future that is hashed in the order in which futures were first hashed."""

        __slots__ = ("_order", "_timer", "_job", "_composite", "_io")

        def __hash__(self):
            nonlocal count
            try:
                return self._order
            except AttributeError:
                count += 1
                self._order = count
                return count

    Future.__module__ = "_asyncio"
    Future.__qualname__ = "Future"
    return Future
