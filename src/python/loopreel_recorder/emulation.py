"""What stands in for `threading`, on the virtual clock."""
import concurrent.futures
import contextvars
import itertools
import queue
import sys
import threading
import types
import _threading_local

from . import forks
from .handover import handovers
from .limits import Unavailable
from .semaphores import semaphore_methods

_main_thread = threading.main_thread()


def patches(jobs) -> list:
    """`(object, name, replacement)`."""
    recorder = jobs.recorder
    active = {}

    def start(thread):
        if thread._started.is_set():
            raise RuntimeError("threads can only be started once")
        thread._started.set()
        number = recorder.number("job")
        recorder.event("submit", recorder.task, number, thread.name, recorder.site_of(sys._getframe(1)), "thread")
        thread._ident = 1000 + number

        refused = []

        def body():
            try:
                yield from jobs.thread_body(thread)
            except SystemExit:
                pass
            except Unavailable as error:
                refused.append(error)
                raise
            except Exception as error:
                trace = error.__traceback__
                while trace is not None and trace.tb_frame.f_code.co_filename != recorder.file:
                    trace = trace.tb_next
                threading.excepthook(threading.ExceptHookArgs((type(error), error, trace, thread)))
            finally:
                # For its `repr`: 3.11 and 3.12, 3.13, 3.14.
                thread._is_stopped = True
                thread._handle = thread._os_thread_handle = types.SimpleNamespace(is_done=lambda: True)

        def done(_result, error):
            if error is not None:
                raise error

        active[id(thread)] = jobs.run(number, thread, body(), done, context=_context_of(thread))
        if refused:
            raise refused[0]

    def is_alive(thread):
        return thread is _main_thread or id(thread) in active and jobs.is_running(active[id(thread)])

    def join(thread, timeout=None):
        if id(thread) not in active:
            raise RuntimeError("cannot join thread before it is started")
        jobs.block_until(lambda: not is_alive(thread), timeout, "Thread.join")

    def wait(condition, timeout=None):
        if not condition._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = threading._allocate_lock()
        waiter.acquire()
        condition._waiters.append(waiter)
        saved = condition._release_save()
        got = False
        try:
            got = jobs.block_until(lambda: not waiter.locked(), timeout, "wait")
            return got
        finally:
            condition._acquire_restore(saved)
            if not got:
                try:
                    condition._waiters.remove(waiter)
                except ValueError:
                    pass

    def notify(condition, n=1):
        if not condition._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        if recorder.clock.private is not None and recorder.clock.private > recorder.clock.now:
            jobs.later(recorder.clock.private, lambda: wake(condition, n))
        else:
            wake(condition, n)

    def wake(condition, n):
        for waiter in list(condition._waiters)[:n]:
            waiter.release()
            condition._waiters.remove(waiter)

    def notify_all(condition):
        condition.notify(sys.maxsize)

    return [
        (threading.Thread, "start", start),
        (threading.Thread, "join", join),
        (threading.Thread, "is_alive", is_alive),
        (threading.Condition, "wait", wait),
        (threading.Condition, "notify", notify),
        (threading.Condition, "notify_all", notify_all),
        *handovers(jobs),
        *semaphore_methods(jobs),
        (threading, "Lock", jobs.locks[0]),
        (threading, "RLock", jobs.locks[1]),
        (threading, "local", _threading_local.local),
        (queue, "SimpleQueue", queue._PySimpleQueue),
        (threading, "_counter", itertools.count(1).__next__),
        (concurrent.futures, "ThreadPoolExecutor", jobs.thread_pool),
        (concurrent.futures, "ProcessPoolExecutor", jobs.process_pool),
        *forks.patches(jobs),
    ]


def _context_of(thread) -> contextvars.Context:
    """The context in which a thread runs: an empty one, or what 3.14 is told (CPython, `Thread.start`)."""
    inherits = getattr(sys.flags, "thread_inherit_context", 0)
    return getattr(thread, "_context", None) or (contextvars.copy_context() if inherits else contextvars.Context())
