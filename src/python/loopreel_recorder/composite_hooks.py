"""How composites are seen: each hook is tied to a function of asyncio (3.11 to 3.14) by `hooks()`, and the monitor
calls it when that function starts, returns, suspends or is left by an exception. Nothing of asyncio is replaced.
"""
import asyncio
import asyncio.tasks
import asyncio.timeouts

from .clock import nanoseconds
from .composites import Composite, Composites
from .tasks import ANY_TASK
from .values import message


class CompositeHooks(Composites):
    # gather

    def gather_returned(self, frame, future) -> None:
        caller = frame.f_back.f_code.co_name if frame.f_back else ""
        if caller == "_cancel_all_tasks" or not hasattr(future, "_children"):
            return
        composite = self._open("gather", future._children,
                               return_exceptions=bool(frame.f_locals["return_exceptions"]))
        future._composite = composite
        if future.done():
            self.close_with(composite, future)

    def gather_member(self, frame) -> None:
        composite = getattr(frame.f_locals.get("outer"), "_composite", None)
        if composite is not None:
            self._member(composite, frame.f_locals["fut"])

    def gather_member_done(self, frame, _value) -> None:
        outer = frame.f_locals.get("outer")
        composite = getattr(outer, "_composite", None)
        if composite is not None and outer.done():
            self.close_with(composite, outer)

    # wait

    def wait_started(self, frame) -> None:
        values = frame.f_locals
        timeout = values["timeout"]
        deadline = None if timeout is None else self.recorder.clock.now + nanoseconds(timeout)
        futures = sorted(values["fs"], key=lambda item: hash(item))
        self._pending_wait = self._open("wait", futures, mode=values["return_when"], deadline=deadline)

    def wait_suspended(self, frame, _value) -> None:
        waiter = frame.f_locals["waiter"]
        if getattr(waiter, "_composite", None) is None:
            waiter._composite = self._pending_wait

    def wait_member(self, frame) -> None:
        composite = getattr(frame.f_locals.get("waiter"), "_composite", None)
        if composite is not None:
            self._member(composite, frame.f_locals["f"])

    def wait_left(self, frame, error) -> None:
        self._close_by(getattr(frame.f_locals.get("waiter"), "_composite", None), error)

    # wait_for and timeout

    def wait_for_started(self, frame) -> None:
        values = frame.f_locals
        timeout = values["timeout"]
        deadline = None if timeout is None else self.recorder.clock.now + nanoseconds(timeout)
        futures = [values["fut"]] if isinstance(values["fut"], asyncio.Future) else []
        composite = self._open("wait_for", futures, deadline=deadline)
        self._by_object[id(frame)] = composite

    def wait_for_suspended(self, frame, _value) -> None:
        """Python 3.11 wraps the coroutine in a task of its own."""
        composite, future = self._of(frame), frame.f_locals["fut"]
        if composite is not None and isinstance(future, ANY_TASK) and not composite.futures:
            composite.futures.append(future)
            self.recorder.event("wadd", composite.task, composite.number, self.tasks.number(future))

    def wait_for_returned(self, frame, _value) -> None:
        if (composite := self._by_object.pop(id(frame), None)) is not None:
            self._members_now(composite)
            self._close(composite, "ok")

    def wait_for_left(self, frame, error) -> None:
        composite = self._by_object.pop(id(frame), None)
        if composite is None:
            return
        self._members_now(composite)
        if isinstance(error, TimeoutError) and composite.open:
            self._close(composite, "timeout", message(error))
        else:
            self._close_by(composite, error)

    def _members_now(self, composite: Composite) -> None:
        for item in composite.futures:
            if item.done() and composite.ended == 0:
                self._member(composite, item)

    def timeout_entered(self, frame, _value) -> None:
        """Not for the one that `wait_for` uses inside."""
        timeout = frame.f_locals["self"]
        caller = frame.f_back
        if caller is not None and caller.f_code is asyncio.wait_for.__code__:
            return
        deadline = None if timeout.when() is None else max(0, self.recorder.clock.since_start(timeout.when()))
        self._open("timeout", [], deadline=deadline, owner=timeout)

    def timeout_scheduled(self, frame) -> None:
        """Before its timer is set: the wait_for that it works for must be known by then."""
        caller = frame.f_back
        if caller is not None and caller.f_code is asyncio.wait_for.__code__:
            self._by_object[id(frame.f_locals["self"])] = self._of(caller)

    def timeout_rescheduled(self, frame, _value) -> None:
        """Not when it is first scheduled: `wopen` has told that deadline."""
        composite, when = self._of(frame.f_locals["self"]), frame.f_locals["when"]
        deadline = None if when is None else max(0, self.recorder.clock.since_start(when))
        if composite is not None and deadline != composite.deadline:
            composite.deadline = deadline
            self.recorder.event("wdeadline", composite.task, composite.number, deadline)

    def timeout_exited(self, frame, _value) -> None:
        self._timeout_closed(frame, None)

    def timeout_left(self, frame, error) -> None:
        self._timeout_closed(frame, error)

    def _timeout_closed(self, frame, error) -> None:
        composite = self._of(frame.f_locals["self"])
        if composite is None or composite.op != "timeout":
            self._by_object.pop(id(frame.f_locals["self"]), None)
            return
        if isinstance(error, TimeoutError):
            self._close(composite, "timeout", message(error))
        elif (inner := frame.f_locals.get("exc_val")) is not None:
            self._close_by(composite, inner)
        else:
            self._close(composite, "ok")

    # TaskGroup

    def group_entered(self, frame, _value) -> None:
        self._open("taskgroup", [], owner=frame.f_locals["self"])

    def group_creates(self, frame) -> None:
        composite = self._of(frame.f_locals["self"])
        self.tasks.group = composite.number if composite is not None else None

    def group_created(self, frame, task) -> None:
        self.tasks.group = None
        composite = self._of(frame.f_locals["self"])
        if composite is not None and isinstance(task, ANY_TASK):
            composite.futures.append(task)
            self.recorder.event("wadd", composite.task, composite.number, self.tasks.number(task))
            if task.done():
                self._member(composite, task)

    def group_not_created(self, frame, _error) -> None:
        self.tasks.group = None

    def group_member(self, frame) -> None:
        composite = self._of(frame.f_locals["self"])
        if composite is not None:
            self._member(composite, frame.f_locals["task"])

    def group_exited(self, frame, _value) -> None:
        composite = self._of(frame.f_locals["self"])
        if composite is not None:
            self._close(composite, "ok")

    def group_left(self, frame, error) -> None:
        self._close_by(self._of(frame.f_locals["self"]), error)

    # as_completed

    def as_completed_made(self, frame, _value) -> None:
        """Python 3.13 and later: an iterator object."""
        iterator = frame.f_locals["self"]
        timeout = frame.f_locals["timeout"]
        self._open_as_completed(iterator._todo, timeout, iterator)

    def as_completed_yields(self, frame, _value) -> None:
        """Up to Python 3.12: a generator, which starts its tasks when first asked."""
        if id(frame) not in self._by_object:
            composite = self._open_as_completed(frame.f_locals["todo"], frame.f_locals["timeout"], None)
            self._by_object[id(frame)] = composite
            self._by_object[id(frame.f_locals["done"])] = composite

    def _open_as_completed(self, todo, timeout, owner) -> Composite:
        deadline = None if timeout is None else self.recorder.clock.now + nanoseconds(timeout)
        futures = sorted(todo, key=lambda item: hash(item))
        return self._open("as_completed", futures, deadline=deadline, owner=owner)

    def as_completed_member(self, frame) -> None:
        values = frame.f_locals
        composite = self._of(values.get("self", values.get("done")))
        if composite is not None:
            self._member(composite, values["f"])

    def as_completed_member_done(self, frame, _value) -> None:
        values = frame.f_locals
        composite = self._of(values.get("self", values.get("done")))
        if composite is not None and all(item.done() for item in composite.futures):
            self._close(composite, "ok")

    def as_completed_timeout(self, frame) -> None:
        values = frame.f_locals
        composite = self._of(values.get("self", values.get("done")))
        if composite is not None:
            self._close(composite, "timeout")

    # shield

    def shield_returned(self, frame, future) -> None:
        inner = frame.f_locals.get("inner")
        if future is inner or inner is None:
            return
        future._composite = self._open("shield", [inner])

    def shield_member(self, frame) -> None:
        composite = getattr(frame.f_locals.get("outer"), "_composite", None)
        if composite is not None:
            self._member(composite, frame.f_locals["inner"])

    def shield_done(self, frame) -> None:
        outer = frame.f_locals["outer"]
        composite = getattr(outer, "_composite", None)
        if composite is not None:
            self.close_with(composite, outer)

    def hooks(self) -> list:
        """`(code, when, hook)` for the functions of this Python's asyncio; `when` is start, return, yield or
        unwind."""
        tasks, timeout, group = asyncio.tasks, asyncio.timeouts.Timeout, asyncio.TaskGroup
        gather, wait, shield = tasks.gather.__code__, tasks._wait.__code__, tasks.shield.__code__
        table = [
            (gather, "return", self.gather_returned),
            (inner(gather, "_done_callback"), "start", self.gather_member),
            (inner(gather, "_done_callback"), "return", self.gather_member_done),
            (wait, "start", self.wait_started),
            (wait, "yield", self.wait_suspended),
            (wait, "unwind", self.wait_left),
            (inner(wait, "_on_completion"), "start", self.wait_member),
            (tasks.wait_for.__code__, "start", self.wait_for_started),
            (tasks.wait_for.__code__, "yield", self.wait_for_suspended),
            (tasks.wait_for.__code__, "return", self.wait_for_returned),
            (tasks.wait_for.__code__, "unwind", self.wait_for_left),
            (timeout.__aenter__.__code__, "start", self.timeout_scheduled),
            (timeout.__aenter__.__code__, "return", self.timeout_entered),
            (timeout.reschedule.__code__, "return", self.timeout_rescheduled),
            (timeout.__aexit__.__code__, "return", self.timeout_exited),
            (timeout.__aexit__.__code__, "unwind", self.timeout_left),
            (group.__aenter__.__code__, "return", self.group_entered),
            (group.create_task.__code__, "start", self.group_creates),
            (group.create_task.__code__, "return", self.group_created),
            (group.create_task.__code__, "unwind", self.group_not_created),
            (group._on_task_done.__code__, "start", self.group_member),
            (group.__aexit__.__code__, "return", self.group_exited),
            (group.__aexit__.__code__, "unwind", self.group_left),
            (shield, "return", self.shield_returned),
            (inner(shield, "_inner_done_callback"), "start", self.shield_member),
            (inner(shield, "_outer_done_callback"), "start", self.shield_done),
        ]
        if (iterator := getattr(tasks, "_AsCompletedIterator", None)) is not None:
            table += [
                (iterator.__init__.__code__, "return", self.as_completed_made),
                (iterator._handle_completion.__code__, "start", self.as_completed_member),
                (iterator._handle_completion.__code__, "return", self.as_completed_member_done),
                (iterator._handle_timeout.__code__, "start", self.as_completed_timeout),
            ]
        else:
            code = tasks.as_completed.__code__
            table += [
                (code, "yield", self.as_completed_yields),
                (inner(code, "_on_completion"), "start", self.as_completed_member),
                (inner(code, "_on_completion"), "return", self.as_completed_member_done),
                (inner(code, "_on_timeout"), "start", self.as_completed_timeout),
            ]
        return table


def inner(code, name: str):
    """The code object of a function defined inside another."""
    return next(item for item in code.co_consts if getattr(item, "co_name", None) == name)
