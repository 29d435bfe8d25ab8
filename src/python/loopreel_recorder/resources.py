"""Locks, semaphores, events, conditions, queues and barriers, read from the library's own frames as in
`composites.py`."""
import asyncio
import asyncio.locks
import asyncio.queues
import weakref

from .naming import Names
from .recorder import ABSENT, Recorder
from .tasks import Tasks
from .values import brief


class Resources:
    """Writes `res+` and `res`. `value` is what `value_of` gives.

    The library makes some of them of others: a queue has an event for `join`, a barrier a condition, a condition a
    lock. Parts are written too, as `internal`.
    """

    def __init__(self, recorder: Recorder, tasks: Tasks) -> None:
        self.recorder, self.tasks = recorder, tasks
        self.names = Names()
        self._numbers: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()
        # Weak on both sides: a whole keeps its parts, and with its parts would be kept for ever.
        self._wholes: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()
        self._waiting: set[tuple[int, int | None]] = set()
        self._holders: dict[int, list[int]] = {}

    def holders(self, number: int) -> list[int]:
        """The tasks that hold resource `number`, once for each time they do."""
        return self._holders.get(number, [])

    def of(self, resource) -> int | None:
        """The number of the resource that a wait for `resource` is told of."""
        return self._numbers.get(self.whole(resource)) if resource is not None else None

    def whole(self, resource):
        """What `resource` is a part of, or itself. A condition's lock stands for itself: to wait for it and to wait
        for a notification are two."""
        while not isinstance(resource, asyncio.Lock) and (found := self._wholes.get(resource)) is not None:
            whole = found()
            if whole is None:
                break
            resource = whole
        return resource

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
            label = self.names.of_call(maker) or kind
        elif maker is not None and maker.f_code in _MAKERS:
            self._wholes[resource] = weakref.ref(maker.f_locals["self"])
        number = self._numbers[resource] = recorder.number("r")
        lock = self._numbers.get(resource._lock, ABSENT) if isinstance(resource, asyncio.Condition) else ABSENT
        recorder.event("res+", recorder.task, number, kind, label, value_of(resource), recorder.site_of(maker),
                       internal, capacity_of(resource), lock)

    def write(self, resource, op: str, task, value: int | None = None, item=ABSENT) -> None:
        number = self._numbers.get(resource)
        if number is not None:
            self.recorder.event("res", task, number, op, value_of(resource) if value is None else value, item)
            if op == "acquire" and task is not None:
                self._holders.setdefault(number, []).append(task)
            elif op == "release" and task in (holders := self._holders.get(number, ())):
                holders.remove(task)

    # Taking: a coroutine of the library that suspends puts its task into the line

    def waits(self, frame, _value) -> None:
        """Each suspension of `acquire`, `get`, `put` and Event's `wait` is a new wait: a queue's waiter that finds
        that another was faster goes to the end of the line."""
        self._waiting.add((id(frame), self.recorder.task))
        self.write(frame.f_locals["self"], "wait", self.recorder.task)

    def waits_once(self, frame, _value, op: str = "wait") -> None:
        """Coroutines that suspend in others, too: Condition's `wait` for the lock, after it was notified."""
        if (id(frame), self.recorder.task) not in self._waiting:
            self._waiting.add((id(frame), self.recorder.task))
            self.write(frame.f_locals["self"], op, self.recorder.task)

    def joins(self, frame, value) -> None:
        self.waits_once(frame, value, "join")

    def acquired(self, frame, _value) -> None:
        self._waiting.discard((id(frame), self.recorder.task))
        self.write(frame.f_locals["self"], "acquire", self.recorder.task)

    def left(self, frame, _outcome) -> None:
        """The waiter goes on without it, or there is nothing to hold."""
        key = (id(frame), self.recorder.task)
        if key in self._waiting:
            self._waiting.discard(key)
            self.write(frame.f_locals["self"], "leave", self.recorder.task)

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
        if (whole := self.whole(resource)) is not resource:
            self.write(whole, "wake", task)

    def event_set(self, frame) -> None:
        if not frame.f_locals["self"]._value:
            self.write(frame.f_locals["self"], "set", self.recorder.task, 1)

    def event_cleared(self, frame) -> None:
        if frame.f_locals["self"]._value:
            self.write(frame.f_locals["self"], "clear", self.recorder.task, 0)

    def notified(self, frame) -> None:
        if frame.f_locals["self"]._lock.locked():
            self.write(frame.f_locals["self"], "notify", self.recorder.task)

    # Queues

    def queue_moved(self, frame) -> None:
        """`_wakeup_next` of the getters follows the item's arrival inside `put_nowait`."""
        queue = frame.f_locals["self"]
        caller = frame.f_back.f_code.co_name if frame.f_back else ""
        if caller in ("put_nowait", "get_nowait"):
            item = brief(frame.f_back.f_locals.get("item", ABSENT), 24)
            # An object's name tells one item from another as little as nothing does.
            self.write(queue, caller[:3], self.recorder.task, item=ABSENT if item.startswith("<") else item)

    def item_done(self, frame) -> None:
        if frame.f_locals["self"]._unfinished_tasks > 0:
            self.write(frame.f_locals["self"], "task_done", self.recorder.task)

    def queue_shut(self, frame) -> None:
        queue = frame.f_locals["self"]
        self.write(queue, "shutdown", self.recorder.task, 0 if frame.f_locals["immediate"] else None)

    # Barriers

    def barrier_tripped(self, frame) -> None:
        """The last party has come; it does not wait itself."""
        self._waiting.add((id(frame.f_back), self.recorder.task))
        self.write(frame.f_locals["self"], "trip", self.recorder.task)

    def barrier_waits(self, frame, _value) -> None:
        """`_wait` and `_block` are called by `wait`, which tells when the task is through."""
        self.waits_once(frame.f_back, None)

    def barrier_aborted(self, frame) -> None:
        self.write(frame.f_locals["self"], "abort", self.recorder.task)

    def barrier_reset(self, frame) -> None:
        self.write(frame.f_locals["self"], "reset", self.recorder.task)

    def hooks(self) -> list:
        """`(code, when, hook)`, as of `Composites.hooks`."""
        locks, queue, barrier = asyncio.locks, asyncio.queues.Queue, asyncio.Barrier
        table = [(kind.__init__.__code__, "return", self.made)
                 for kind in (locks.Semaphore, locks.Lock, locks.Event, locks.Condition, queue, barrier)]
        for code, waits, passed in (
            (locks.Semaphore.acquire.__code__, self.waits, self.acquired),
            (locks.Lock.acquire.__code__, self.waits, self.acquired),
            (locks.Event.wait.__code__, self.waits, self.left),
            (locks.Condition.wait.__code__, self.waits_once, self.left),
            (queue.get.__code__, self.waits, self.queue_passed),
            (queue.put.__code__, self.waits, self.queue_passed),
            (queue.join.__code__, self.joins, self.left),
            (barrier.wait.__code__, None, self.left),
        ):
            table += [(code, "return", passed), (code, "unwind", self.left)]
            if waits is not None:
                table.append((code, "yield", waits))
        table += [
            (locks.Semaphore.release.__code__, "start", self.semaphore_released),
            (locks.Lock.release.__code__, "start", self.lock_released),
            (locks.Event.set.__code__, "start", self.event_set),
            (locks.Event.clear.__code__, "start", self.event_cleared),
            (locks.Condition.notify.__code__, "start", self.notified),
            (queue._wakeup_next.__code__, "start", self.queue_moved),
            (queue.task_done.__code__, "start", self.item_done),
            (barrier._release.__code__, "start", self.barrier_tripped),
            (barrier._wait.__code__, "yield", self.barrier_waits),
            (barrier._block.__code__, "yield", self.barrier_waits),
            (barrier.abort.__code__, "start", self.barrier_aborted),
            (barrier.reset.__code__, "start", self.barrier_reset),
        ]
        if hasattr(queue, "shutdown"):
            table.append((queue.shutdown.__code__, "start", self.queue_shut))
        return table


#: The constructors that make a resource's parts.
_MAKERS = {kind.__init__.__code__ for kind in (asyncio.Condition, asyncio.Queue, asyncio.Barrier)}


def value_of(resource) -> int:
    """The one number that tells a resource's state: permits left of a semaphore, 1 for a lock that is held or an
    event that is set, whether a condition's lock is held, items in a queue, parties inside a barrier."""
    if isinstance(resource, asyncio.Queue):
        return asyncio.Queue.qsize(resource)
    if isinstance(resource, asyncio.Lock):
        return int(resource._locked)
    if isinstance(resource, asyncio.Condition):
        return int(resource._lock.locked())
    if isinstance(resource, asyncio.Barrier):
        return resource._count
    return int(getattr(resource, "_value", 0))


def capacity_of(resource):
    """How many it takes: items of a bounded queue, parties of a barrier; ABSENT for others."""
    if isinstance(resource, asyncio.Barrier):
        return resource._parties
    if isinstance(resource, asyncio.Queue) and type(resource._maxsize) is int and resource._maxsize > 0:
        return resource._maxsize
    return ABSENT
