"""Locks, semaphores, events, conditions and queues, read from the library's own frames as in `composites.py`."""
import asyncio
import asyncio.locks
import asyncio.queues
import linecache
import re
import weakref

from .recorder import Recorder
from .tasks import Tasks

_TARGET = re.compile(r"^\s*(?:async\s+with\s+|with\s+)?(?:self\.)?(\w+)\s*(?::[^=]+)?=\s*[^=]")


class Resources:
    """Writes `res+` and `res`. `value` is the permits left of a semaphore, 1 for a lock that is held or an event
    that is set, the number of items in a queue."""

    def __init__(self, recorder: Recorder, tasks: Tasks) -> None:
        self.recorder, self.tasks = recorder, tasks
        self._numbers: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()
        self._waiting: set[tuple[int, int | None]] = set()

    def of(self, resource) -> int | None:
        return self._numbers.get(resource) if resource is not None else None

    def made(self, frame, _value) -> None:
        """After `__init__`: what kind, and under which name the author keeps it."""
        recorder, resource = self.recorder, frame.f_locals["self"]
        if resource in self._numbers:
            return
        maker = frame.f_back
        while maker is not None and maker.f_code.co_name == "__init__" and maker.f_locals.get("self") is resource:
            maker = maker.f_back
        internal = maker is None or maker.f_code.co_filename != recorder.file
        kind = type(resource).__name__
        label = kind
        if not internal:
            found = _TARGET.match(linecache.getline(recorder.file, maker.f_lineno))
            label = found[1] if found else kind
        number = self._numbers[resource] = recorder.number("r")
        recorder.event("res+", recorder.task, number, kind, label, value_of(resource), recorder.site_of(maker),
                       internal)

    def write(self, resource, op: str, task, value: int | None = None) -> None:
        number = self._numbers.get(resource)
        if number is not None:
            self.recorder.event("res", task, number, op, value_of(resource) if value is None else value)

    # Taking: `acquire` and `wait` of Semaphore, Lock, Event, Condition, Queue

    def waits(self, frame, _value) -> None:
        """The coroutine of `acquire()` and the like suspends: its task joins the line, once."""
        resource = frame.f_locals["self"]
        key = (id(frame), self.recorder.task)
        if key not in self._waiting:
            self._waiting.add(key)
            self.write(resource, "wait", self.recorder.task)

    def acquired(self, frame, _value) -> None:
        self._waiting.discard((id(frame), self.recorder.task))
        self.write(frame.f_locals["self"], "acquire", self.recorder.task)

    def waited(self, frame, _value) -> None:
        """Event.wait and Condition.wait: the waiter goes on; nothing is held."""
        key = (id(frame), self.recorder.task)
        if key in self._waiting:
            self._waiting.discard(key)
            self.write(frame.f_locals["self"], "leave", self.recorder.task)

    def left(self, frame, _error) -> None:
        self.waited(frame, None)

    def queue_passed(self, frame, _value) -> None:
        self._waiting.discard((id(frame), self.recorder.task))

    # Giving

    def semaphore_released(self, frame) -> None:
        resource = frame.f_locals["self"]
        self.write(resource, "release", self.recorder.task, resource._value + 1)

    def lock_released(self, frame) -> None:
        if frame.f_locals["self"]._locked:
            self.write(frame.f_locals["self"], "release", self.recorder.task, 0)

    def woken(self, resource, task: int) -> None:
        """The first in line was given it and is about to be queued."""
        self.write(resource, "wake", task)

    def event_set(self, frame) -> None:
        if not frame.f_locals["self"]._value:
            self.write(frame.f_locals["self"], "set", self.recorder.task, 1)

    def event_cleared(self, frame) -> None:
        if frame.f_locals["self"]._value:
            self.write(frame.f_locals["self"], "clear", self.recorder.task, 0)

    def notified(self, frame) -> None:
        self.write(frame.f_locals["self"], "notify", self.recorder.task)

    def queue_put(self, frame) -> None:
        """`_wakeup_next` of the getters follows the item's arrival inside `put_nowait`."""
        queue = frame.f_locals["self"]
        caller = frame.f_back.f_code.co_name if frame.f_back else ""
        if caller == "put_nowait":
            self.write(queue, "put", self.recorder.task)
        elif caller == "get_nowait":
            self.write(queue, "get", self.recorder.task)

    def hooks(self) -> list:
        """`(code, when, hook)`, as of `Composites.hooks`."""
        locks, queue = asyncio.locks, asyncio.queues.Queue
        table = [(kind.__init__.__code__, "return", self.made)
                 for kind in (locks.Semaphore, locks.Lock, locks.Event, locks.Condition, queue)]
        for kind in (locks.Semaphore, locks.Lock):
            table += [
                (kind.acquire.__code__, "yield", self.waits),
                (kind.acquire.__code__, "return", self.acquired),
                (kind.acquire.__code__, "unwind", self.left),
            ]
        for code in (locks.Event.wait.__code__, locks.Condition.wait.__code__, queue.join.__code__):
            table += [(code, "yield", self.waits), (code, "return", self.waited), (code, "unwind", self.left)]
        for code in (queue.get.__code__, queue.put.__code__):
            table += [(code, "yield", self.waits), (code, "return", self.queue_passed), (code, "unwind", self.left)]
        table += [
            (locks.Semaphore.release.__code__, "start", self.semaphore_released),
            (locks.Lock.release.__code__, "start", self.lock_released),
            (locks.Event.set.__code__, "start", self.event_set),
            (locks.Event.clear.__code__, "start", self.event_cleared),
            (locks.Condition.notify.__code__, "start", self.notified),
            (queue._wakeup_next.__code__, "start", self.queue_put),
        ]
        return table


def value_of(resource) -> int:
    """The one number that tells a resource's state; see `Resources`."""
    if isinstance(resource, asyncio.Queue):
        return resource.qsize()
    if isinstance(resource, asyncio.Lock):
        return int(resource._locked)
    if isinstance(resource, asyncio.Condition):
        return int(resource._lock.locked())
    return int(getattr(resource, "_value", 0))
