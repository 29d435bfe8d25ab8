"""Calls that block a thread, as generators: each yields a `Wait` instead, and an emulated thread goes on when it is over.

They do what the methods that they stand for do (CPython's `threading.py`, `queue.py`, `concurrent/futures/_base.py`),
with the waiting taken out.
"""
import concurrent.futures
import queue
import threading
import time
import types
from concurrent.futures import _base

class Wait:
    """Until `ready()` is true, or for `seconds`; None waits for the one, or for ever. Yielding it gives whether it
    became ready."""

    __slots__ = ("ready", "seconds")

    def __init__(self, ready, seconds=None) -> None:
        self.ready, self.seconds = ready, seconds


def sleep(seconds):
    if not isinstance(seconds, (int, float)) or seconds < 0:
        time.sleep(seconds)
    yield Wait(None, seconds)


def lock_acquire(lock, blocking=True, timeout=-1):
    if not blocking or timeout < 0 and timeout != -1:
        return lock.acquire(blocking, timeout)
    return (yield Wait(lock._try, None if timeout == -1 else timeout))


def semaphore_acquire(semaphore, blocking=True, timeout=None):
    if not blocking:
        return semaphore.acquire(blocking, timeout)
    return (yield Wait(lambda: semaphore.acquire(False), timeout))


def condition_acquire(condition, *arguments, **options):
    return lock_acquire(condition._lock, *arguments, **options)


def condition_wait(condition, timeout=None):
    if not condition._is_owned():
        raise RuntimeError("cannot wait on un-acquired lock")
    waiter = threading._allocate_lock()
    waiter.acquire()
    condition._waiters.append(waiter)
    saved = condition._release_save()
    got = yield Wait(lambda: not waiter.locked(), timeout)
    yield Wait(lambda: condition._lock._try())
    if saved is not None:
        condition._lock._count, condition._lock._owner = saved
    if not got and waiter in condition._waiters:
        condition._waiters.remove(waiter)
    return got


def condition_wait_for(condition, predicate, timeout=None):
    end = None if timeout is None else time.monotonic() + timeout
    while not (result := predicate()):
        left = None if end is None else end - time.monotonic()
        if left is not None and left <= 0:
            break
        yield from condition_wait(condition, left)
    return result


def event_wait(event, timeout=None):
    yield Wait(event.is_set, timeout)
    return event.is_set()


def barrier_wait(barrier, timeout=None):
    yield Wait(lambda: barrier._state not in (-1, 1))
    if barrier._state < 0:
        raise threading.BrokenBarrierError
    index = barrier._count
    barrier._count += 1
    try:
        if index + 1 == barrier._parties:
            if barrier._action:
                barrier._action()
            barrier._state = 1
        else:
            got = yield Wait(lambda: barrier._state != 0, barrier._timeout if timeout is None else timeout)
            if not got:
                barrier._state = -2
        with barrier._cond:
            barrier._cond.notify_all()
        if barrier._state < 0:
            raise threading.BrokenBarrierError
        return index
    finally:
        barrier._count -= 1
        if barrier._count == 0 and barrier._state == 1:
            barrier._state = 0


def queue_get(box, block=True, timeout=None):
    if block:
        yield Wait(lambda: box._qsize() > 0 or getattr(box, "is_shutdown", False), timeout)
    return box.get(False)


def queue_put(box, item, block=True, timeout=None):
    if block and box.maxsize > 0:
        yield Wait(lambda: box._qsize() < box.maxsize or getattr(box, "is_shutdown", False), timeout)
    return box.put(item, False)


def queue_join(box):
    yield Wait(lambda: not box.unfinished_tasks)


def simple_queue_get(box, block=True, timeout=None):
    if block:
        yield Wait(lambda: not box.empty(), timeout)
    return box.get(False)


def thread_join(thread, timeout=None):
    if thread is threading.current_thread() or not thread._started.is_set():
        return thread.join(timeout)
    yield Wait(lambda: not thread.is_alive(), timeout)


def future_result(future, timeout=None):
    yield Wait(future.done, timeout)
    return future.result(0)


def future_exception(future, timeout=None):
    yield Wait(future.done, timeout)
    return future.exception(0)


def futures_wait(fs, timeout=None, return_when=concurrent.futures.ALL_COMPLETED):
    fs = list(fs)

    def over():
        done = [future for future in fs if future.done()]
        failed = any(not future.cancelled() and future.exception(0) is not None for future in done)
        return len(done) == len(fs) or done and (return_when == concurrent.futures.FIRST_COMPLETED or failed
                                                 and return_when == concurrent.futures.FIRST_EXCEPTION)

    yield Wait(over, timeout)
    return concurrent.futures.wait(fs, 0, return_when)


def timer_run(timer):
    yield Wait(timer.finished.is_set, timer.interval)
    return not timer.finished.is_set()


class Held:
    """A lock that a `with` statement has got already."""

    def __init__(self, lock) -> None:
        self._lock = lock

    def __enter__(self):
        return True

    def __exit__(self, *_error):
        self._lock.release()


def _held(lock, acquire):
    yield from acquire(lock)
    return Held(lock)


class Blocking:
    """The table: `(class, method)` and functions, with what stands for them."""

    def __init__(self, locks: tuple[type, ...], more: dict, functions: dict) -> None:
        """To be made when everything that stands in for threads is in place: it is that which is recognized here. `more`
        and `functions` are what else blocks."""
        self._holding = {**dict.fromkeys(locks, lock_acquire), threading.Semaphore: semaphore_acquire,
                         threading.Condition: condition_acquire}
        methods = {
            (threading.Condition, "wait"): condition_wait,
            (threading.Condition, "wait_for"): condition_wait_for,
            (threading.Event, "wait"): event_wait,
            (threading.Barrier, "wait"): barrier_wait,
            (queue.Queue, "get"): queue_get,
            (queue.Queue, "put"): queue_put,
            (queue.Queue, "join"): queue_join,
            (queue.SimpleQueue, "get"): simple_queue_get,
            (threading.Thread, "join"): thread_join,
            (_base.Future, "result"): future_result,
            (_base.Future, "exception"): future_exception,
            **{(kind, "acquire"): lock_acquire for kind in locks},
            (threading.Semaphore, "acquire"): semaphore_acquire,
            **more,
        }
        self._methods = {vars(kind)[name]: standing for (kind, name), standing in methods.items()}
        self._functions = {time.sleep: sleep, concurrent.futures.wait: futures_wait, _base.wait: futures_wait, **functions}

    def of(self, function):
        """What stands for a function that may block; None for others."""
        try:
            if isinstance(function, types.MethodType):
                found = self._methods.get(function.__func__)
                return None if found is None else types.MethodType(found, function.__self__)
            return self._functions.get(function)
        except TypeError:
            return None

    def hold(self, context):
        """What a `with` statement enters instead of a lock."""
        for kind, acquire in self._holding.items():
            if isinstance(context, kind):
                return _held(context, acquire)
        return context
