"""What stands in for `multiprocessing`: processes that are jobs with a memory of their own.

`Process` stays CPython's own class; only its `_Popen`, which starts and waits, is replaced. A child begins with a copy of
what its parent has, as a fork does, and changes it for itself alone. Queues hand over copies; locks and shared values
are one for all.
"""
import functools
import itertools
import os
import queue
import sys
import threading
import traceback

from .blocking import Wait
from .limits import LimitReached, Unavailable
from .pools import job_name
from .processes import Memory, copied, in_memory, inherited

_COPY = "what a process would inherit here cannot be copied, so that it cannot be emulated"
#: What `BaseProcess.__init__` keeps.
_OF_PROCESS = frozenset(("_identity", "_config", "_parent_pid", "_parent_name", "_popen", "_closed", "_target", "_args",
                         "_kwargs", "_name"))
_REFUSED = ("Manager", "Pipe", "RawValue", "RawArray")


def patches(jobs) -> list:
    """`(object, name, replacement)`; none where no block names the module, which takes its time to load."""
    if not any("multiprocessing" in program.code for program in jobs.programs):
        return []
    from multiprocessing import context, process

    from .process_pool import Pool

    #: What all processes have in common, by its address.
    shared: dict[int, object] = {}
    numbers = itertools.count(1)

    class Popen:
        method, returncode = "fork", None

        def __init__(self, child):
            self.pid = os.getpid() + next(numbers)
            self.sentinel = self.pid
            self._body = self._run(child)
            recorder = jobs.recorder
            run = child.run if type(child).run is not process.BaseProcess.run else child._target
            number = recorder.number("job")
            recorder.event("submit", recorder.task, number, job_name(run, ()), recorder.site_of(jobs.caller()), "process")
            thread = threading.Thread(name="MainThread", daemon=child.daemon)
            self._job = jobs.run(number, thread, self._body, self._done, child.name)

        def _run(self, child):
            """BaseProcess._bootstrap()"""
            try:
                memory = Memory(sys.modules["__main__"], self.pid, child, shared)
                run = _what_runs(child, shared)
            except Exception:
                jobs.cannot(_COPY, sys._getframe())
            # To fork takes longer than to go on.
            yield Wait(lambda: True)
            return (yield from in_memory(jobs, memory, self._bootstrapped(child.name, run)))

        def _bootstrapped(self, name, run):
            function, arguments, options = run
            try:
                yield from jobs.body(function, arguments, options)
            except SystemExit as leaving:
                if leaving.code is None or isinstance(leaving.code, int):
                    return leaving.code or 0
                sys.stderr.write(f"{leaving.code}\n")
                return 1
            except (LimitReached, Unavailable, GeneratorExit):
                raise
            except BaseException as error:
                trace = error.__traceback__
                while trace is not None and trace.tb_frame.f_code.co_filename != jobs.recorder.file:
                    trace = trace.tb_next
                sys.stderr.write(f"Process {name}:\n")
                traceback.print_exception(type(error), error, trace)
                return 1
            return 0

        def _done(self, code, error):
            if error is not None:
                raise error
            self.returncode = code

        def poll(self, _flag=0):
            return self.returncode

        def wait(self, timeout=None):
            jobs.block_until(lambda: self.returncode is not None, timeout, "Process.join")
            return self.returncode

        def terminate(self, signal=15):
            if self.returncode is None:
                jobs.end_early(self._job)
                self.returncode = -signal

        kill = functools.partialmethod(terminate, 9)

        def close(self):
            pass

    class Queue(queue.Queue):
        def __init__(self, maxsize=0):
            super().__init__(maxsize)
            shared[id(self)] = self

        def _put(self, item):
            super()._put(copied(item))

        def close(self):
            pass

        join_thread = cancel_join_thread = close

    Queue.__module__ = "multiprocessing.queues"

    def of_all(make):
        def made(_context, *arguments, **options):
            value = make(*arguments, **options)
            shared[id(value)] = value
            return value

        return made

    def refuse(name):
        def refused(_context, *_arguments, **_options):
            raise Unavailable(f"multiprocessing.{name} needs another process, which a recording does not have; "
                              "`engine=cpython` has it")

        return refused

    def pool(_context, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        executor = jobs.process_pool(processes, None, initializer, initargs)
        executor._called = "PoolWorker"
        return Pool(executor)

    lock, rlock = jobs.locks
    stand = {
        **{name: lambda _context, *given, _kind=Queue, **more: _kind(*given, **more)
           for name in ("Queue", "JoinableQueue", "SimpleQueue")},
        "Lock": of_all(lock), "RLock": of_all(rlock),
        **{name: of_all(getattr(threading, name))
           for name in ("Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier")},
        "Value": of_all(functools.partial(Value, rlock)), "Array": of_all(functools.partial(Array, rlock)),
        "Pool": pool,
        **{name: refuse(name) for name in _REFUSED},
    }
    package = sys.modules["multiprocessing"]
    kinds = [kind for kind in vars(context).values()
             if isinstance(kind, type) and issubclass(kind, process.BaseProcess) and "_Popen" in vars(kind)]
    return [
        *((kind, "_Popen", staticmethod(Popen)) for kind in kinds),
        (process.BaseProcess, "__deepcopy__", lambda one, _memo: one),
        *((context.BaseContext, name, function) for name, function in stand.items()),
        *((package, name, functools.partial(function, context._default_context)) for name, function in stand.items()),
    ]


def _what_runs(child, shared: dict) -> tuple:
    """`(function, arguments, options)` of what a process does, as it inherits them: its target, or the `run` of the
    program's own class."""
    from multiprocessing.process import BaseProcess

    if type(child).run is BaseProcess.run:
        return inherited((child._target or int, child._args, child._kwargs), shared)
    twin = object.__new__(type(child))
    own = {name: value for name, value in vars(child).items() if name not in _OF_PROCESS}
    vars(twin).update(vars(child), **inherited(own, shared))
    return twin.run, (), {}


class Value:
    """multiprocessing.Value()"""

    def __init__(self, rlock, typecode_or_type, *arguments, lock=True) -> None:
        self.value = arguments[0] if arguments else _zero(typecode_or_type)
        self._lock = rlock() if lock in (True, None) else lock

    def get_lock(self):
        return self._lock

    def get_obj(self):
        return self

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *error):
        return self._lock.__exit__(*error)


class Array(Value):
    """multiprocessing.Array()"""

    def __init__(self, rlock, typecode_or_type, size_or_initializer, *, lock=True) -> None:
        super().__init__(rlock, typecode_or_type, lock=lock)
        given = size_or_initializer
        self.value = [_zero(typecode_or_type)] * given if isinstance(given, int) else list(given)

    def __len__(self):
        return len(self.value)

    def __getitem__(self, place):
        return self.value[place]

    def __setitem__(self, place, value):
        self.value[place] = value


def _zero(kind):
    return 0.0 if kind in ("d", "f") or "double" in getattr(kind, "__name__", "") else 0
