"""What stands in for `threading`, on the virtual clock."""
import concurrent.futures
import itertools
import queue
import sys
import threading
import _threading_local

from .clock import FOREVER, nanoseconds
from .handover import handovers
from .limits import Unavailable
from .locks import lock_class, rlock_class
from .semaphores import semaphore_methods

_main_thread = threading.main_thread()


def patches(jobs) -> list:
    """`(object, name, replacement)`."""
    recorder = jobs.recorder
    active = {}
    lock = lock_class(jobs)

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

        def run():
            end, _, error = jobs.run(number, thread, body)
            active[id(thread)] = (end, thread)
            if end != FOREVER:
                jobs.later(end, lambda: None)
            if error is not None:
                raise error

        if type(thread).run is not threading.Timer.run:
            run()
            return
        # Until its time has come a timer may be cancelled.
        thread.run = lambda: (thread.function(*thread.args, **thread.kwargs), thread.finished.set())
        begins = recorder.clock.read() + nanoseconds(thread.interval)
        active[id(thread)] = (FOREVER, thread)
        thread._begins = jobs.later(begins, run)
        if not thread.daemon:
            jobs.wait_for(begins)

    def cancel(timer):
        timer.finished.set()
        if id(timer) in active and active[id(timer)][0] == FOREVER:
            jobs.forget(timer._begins)
            active[id(timer)] = (recorder.clock.read(), timer)

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
        (threading, "Lock", lock),
        (threading, "RLock", rlock_class(lock)),
        (threading.Timer, "cancel", cancel),
        (threading, "local", _threading_local.local),
        (queue, "SimpleQueue", queue._PySimpleQueue),
        (threading, "_counter", itertools.count(1).__next__),
        (concurrent.futures, "ThreadPoolExecutor", jobs.thread_pool),
        (concurrent.futures, "ProcessPoolExecutor", jobs.process_pool),
    ]
