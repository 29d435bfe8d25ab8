"""What stands in for `threading`, on the virtual clock."""
import concurrent.futures
import itertools
import queue
import sys
import threading
import _threading_local

from .clock import FOREVER
from .handover import handovers
from .limits import Unavailable
from .locks import lock_class

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

        def body():
            try:
                thread.run()
            except SystemExit:
                pass
            except Unavailable:
                raise
            except Exception:
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), thread)))

        end, _, error = jobs.run(number, thread, body)
        active[id(thread)] = (end, thread)
        if end != FOREVER:
            jobs.later(end, lambda: None)
        if error is not None:
            raise error

    def is_alive(thread):
        if thread is _main_thread:
            return True
        return id(thread) in active and recorder.clock.read() < active[id(thread)][0]

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

    return [
        (threading.Thread, "start", start),
        (threading.Thread, "join", join),
        (threading.Thread, "is_alive", is_alive),
        (threading.Condition, "wait", wait),
        *handovers(jobs),
        (threading, "Lock", lock_class(jobs)),
        (threading, "local", _threading_local.local),
        (queue, "SimpleQueue", queue._PySimpleQueue),
        (threading, "_counter", itertools.count(1).__next__),
        (concurrent.futures, "ThreadPoolExecutor", jobs.thread_pool),
        (concurrent.futures, "ProcessPoolExecutor", jobs.process_pool),
    ]
