"""What stands in for `ThreadPoolExecutor` and `ProcessPoolExecutor`, on virtual workers."""
import contextvars
import functools
import itertools
import os
import sys
import threading
from collections import deque
from concurrent.futures import _base

from .computer import PROCESSORS
from .processes import Memory, copied, in_memory
from .turns import in_context

#: `min(32, cpus + 4)` of CPython's `ThreadPoolExecutor`.
_DEFAULT_THREADS = PROCESSORS + 4


def pool_classes(jobs) -> tuple:
    """The two classes. Both run jobs as CPython does, first in first out."""
    recorder = jobs.recorder
    names, processes = itertools.count(), itertools.count(1)

    class ThreadPoolExecutor(_base.Executor):
        _kind, _default_workers = "thread", _DEFAULT_THREADS

        def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=(), **_more):
            if max_workers is not None and max_workers <= 0:
                raise ValueError("max_workers must be greater than 0")
            self._max_workers = max_workers or self._default_workers
            self._thread_name_prefix = thread_name_prefix
            self._initializer, self._initargs = initializer, initargs
            self._idle: deque[int] = deque()
            self._workers: list = []
            self._queue: deque = deque()
            self._busy = 0
            self._shutdown = False
            self._name()

        def _name(self):
            self._thread_name_prefix = self._thread_name_prefix or f"ThreadPoolExecutor-{next(names)}"

        def submit(self, fn, /, *args, **kwargs):
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future = _base.Future()
            future._job = number = recorder.number("job")
            recorder.event("submit", recorder.task, number, job_name(fn, args), recorder.site_of(sys._getframe(1)),
                           self._kind)
            self._queue.append((future, number, fn, args, kwargs))
            self._start_next()
            return future

        def _start_next(self):
            while self._queue and (self._idle or len(self._workers) < self._max_workers):
                future, number, fn, args, kwargs = self._queue.popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                if self._idle:
                    worker = self._workers[self._idle.popleft()]
                    initializer = None
                else:
                    worker = self._new_worker(len(self._workers))
                    worker.thread._started.set()
                    worker.thread._ident = 1000 + number
                    worker.place = len(self._workers)
                    self._workers.append(worker)
                    initializer = self._initializer

                context, *call = in_context(fn, args, kwargs)
                self._busy += 1
                jobs.run(number, worker.thread, self._body(worker, initializer, call),
                         functools.partial(self._end, worker, future, number), worker.name,
                         context or worker.context)

        def _body(self, worker, initializer, call):
            if initializer is not None:
                yield from worker.body(jobs, initializer, self._initargs, {})
            return (yield from worker.body(jobs, *call))

        def _new_worker(self, place):
            return Worker(threading.Thread(name=f"{self._thread_name_prefix}_{place}"))

        def _end(self, worker, future, number, result, error):
            self._busy -= 1
            self._idle.append(worker.place)
            recorder.event("deliver", None, number)
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
            self._start_next()

        def shutdown(self, wait=True, *, cancel_futures=False):
            self._shutdown = True
            if cancel_futures:
                while self._queue:
                    self._queue.popleft()[0].cancel()
            if wait and recorder.stopped is None:
                jobs.block_until(lambda: not self._unfinished(), None, "shutdown")

        def _unfinished(self):
            return self._busy or self._queue

    class ProcessPoolExecutor(ThreadPoolExecutor):
        """Emulated like threads, but for what makes processes another thing: they share no memory."""

        _kind, _default_workers, _called = "process", PROCESSORS, "Process"

        def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), **_more):
            super().__init__(max_workers, initializer=initializer, initargs=initargs)

        def _name(self):
            pass

        def _new_worker(self, place):
            return Process(threading.Thread(name="MainThread"), next(processes), self._called)

    ThreadPoolExecutor.__module__, ProcessPoolExecutor.__module__ = (
        "concurrent.futures.thread", "concurrent.futures.process")
    for kind in (ThreadPoolExecutor, ProcessPoolExecutor):
        kind.__qualname__ = kind.__name__
    return ThreadPoolExecutor, ProcessPoolExecutor


class Worker:
    """A virtual thread of a pool. `name` is what the trace calls it, `place` its index in the pool."""

    place = 0

    def __init__(self, thread, name: str | None = None) -> None:
        self.thread, self.name = thread, name or thread.name
        self.context = contextvars.Context()

    def body(self, jobs, function, arguments, options):
        return jobs.body(function, arguments, options)


class Process(Worker):
    """A virtual process: calls and results reach it as copies, and it changes globals for itself alone."""

    def __init__(self, thread, number: int, called: str) -> None:
        super().__init__(thread, f"Process-{number}")
        contexts, process = sys.modules.get("multiprocessing.context"), None
        if contexts is not None:
            process = contexts._default_context.get_context().Process()
            process.name = process.name.replace("Process", called)
        self.memory = Memory(sys.modules["__main__"], os.getpid() + number, process)

    def body(self, jobs, function, arguments, options):
        call = copied((function, arguments, options))
        return copied((yield from in_memory(jobs, self.memory, jobs.body(*call))))


def job_name(function, arguments) -> str:
    """What a job is called: the function that its author handed over."""
    return getattr(_unwrapped(function, arguments), "__name__", type(function).__name__)


def _unwrapped(function, arguments):
    """What the author handed over: `to_thread` wraps it as `context.run`'s first argument in a partial."""
    while isinstance(function, functools.partial):
        arguments, function = function.args, function.func
    if getattr(function, "__name__", "") == "run" and arguments and callable(arguments[0]):
        return _unwrapped(arguments[0], ())
    return function
