"""Composites: calls that wait for several things or bound a wait. Which are open, who are their members."""
import asyncio
import sys
import weakref

from .recorder import ABSENT, Recorder
from .tasks import ANY_TASK, Tasks, outcome
from .values import message


class Composite:
    __slots__ = ("number", "op", "task", "open", "futures", "mode", "deadline", "owner", "ended")


class Composites:
    """The composites of a recording; `CompositeHooks` tells it what happens to them."""

    def __init__(self, recorder: Recorder, tasks: Tasks) -> None:
        self.recorder, self.tasks = recorder, tasks
        self._by_object: dict[int, Composite] = {}

    def _of(self, thing) -> Composite | None:
        """The open composite that belongs to an object or a frame."""
        found = self._by_object.get(id(thing))
        return found if found is None or found.owner is None or found.owner() is thing else None

    def forget(self) -> None:
        """The block has ended: what it left open holds on to nothing."""
        self._by_object.clear()

    # What others ask

    def of_future(self, future) -> Composite | None:
        return getattr(future, "_composite", None)

    def of_wait(self, frame, name: str) -> Composite | None:
        """The composite in whose library frame a task stands, where no future tells it."""
        if name == "TaskGroup.__aexit__" or name == "TaskGroup._aexit":
            return self._of(frame.f_locals.get("self"))
        if name.startswith(("_AsCompletedIterator", "as_completed")) or name == "Queue.get":
            return self._as_completed_of(frame)
        return None

    def is_wait_for(self, timeout) -> bool:
        found = self._of(timeout)
        return found is not None and found.op == "wait_for"

    def close_with(self, composite: Composite, future) -> None:
        """The future that stands for the whole composite is done; its waiter is about to be woken."""
        if composite.op == "wait":
            self._close(composite, "cancelled" if future.cancelled() else self._wait_outcome(composite))
        else:
            how = outcome(future)
            self._close(composite, how, message(future._exception) if how == "error" else ABSENT)

    # Open, member, close

    def _open(self, op, futures, mode=ABSENT, return_exceptions=ABSENT, deadline=ABSENT, owner=None) -> Composite:
        recorder = self.recorder
        composite = Composite()
        composite.number, composite.op, composite.task = recorder.number("w"), op, recorder.task
        composite.open, composite.futures, composite.mode = True, list(futures), mode
        composite.deadline, composite.ended = deadline, 0
        composite.owner = weakref.ref(owner) if owner is not None else None
        inner = [item._composite.number for item in futures if hasattr(item, "_composite")]
        members = list(dict.fromkeys(self.tasks.number(item) for item in futures if isinstance(item, ANY_TASK)))
        jobs = list(dict.fromkeys(item._job for item in futures if getattr(item, "_job", None) is not None))
        site = recorder.site_of(sys._getframe(2))
        recorder.event("wopen", recorder.task, composite.number, op, members, inner or ABSENT, jobs or ABSENT, mode,
                       return_exceptions, deadline, site)
        if owner is not None:
            self._by_object[id(owner)] = composite
        for item in composite.futures:
            if item.done():
                self._member(composite, item)
        return composite

    def _member(self, composite: Composite, future) -> None:
        if not isinstance(future, ANY_TASK) or not composite.open:
            return
        index = next((n for n, item in enumerate(composite.futures) if item is future), None)
        if index is None:
            return
        composite.ended += 1
        self.recorder.event("wmember", composite.task, composite.number, self.tasks.number(future), index,
                            outcome(future))

    def _close(self, composite: Composite, how: str, error=ABSENT) -> None:
        if composite.open:
            composite.open, composite.futures = False, []
            self.recorder.event("wclose", composite.task, composite.number, how, error)
            # Whoever holds on to a composite must not hold on to its tasks.
            composite.futures = []
            owner = composite.owner and composite.owner()
            if owner is not None:
                self._by_object.pop(id(owner), None)

    def _close_by(self, composite: Composite | None, error: BaseException) -> None:
        if composite is not None:
            cancelled = isinstance(error, asyncio.CancelledError)
            self._close(composite, "cancelled" if cancelled else "error", ABSENT if cancelled else message(error))

    def _wait_outcome(self, composite: Composite) -> str:
        done = [item for item in composite.futures if item.done()]
        if len(done) == len(composite.futures) or composite.mode == "FIRST_COMPLETED" and done:
            return "ok"
        if composite.mode == "FIRST_EXCEPTION" and any(outcome(item) == "error" for item in done):
            return "ok"
        return "timeout"

    def _as_completed_of(self, frame) -> Composite | None:
        owner = frame.f_locals.get("self")
        found = self._of(owner)
        if found is None and frame.f_code.co_qualname == "Queue.get":
            for item in self._by_object.values():
                if item.op == "as_completed" and item.owner and getattr(item.owner(), "_done", None) is owner:
                    return item
        return found if found is not None and found.op == "as_completed" else None
