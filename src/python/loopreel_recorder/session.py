"""One recording: joins recorder, tasks, composites, resources and jobs, and decides what a scheduled callback is."""
import asyncio
import asyncio.timeouts
import sys
from asyncio import base_events, futures

from .callbacks import TIMER_APIS, is_internal, is_own, label_of
from .composite_hooks import CompositeHooks
from .deadlock import ring
from .jobs import Jobs
from .limits import LimitReached, words
from .lines import HOLE, around
from .loop import loop_class
from .outside import Outside
from .recorder import ABSENT, TURNS_THAT_TELL, Recorder
from .resources import Resources
from .signals import Signals
from .tasks import ANY_TASK, Tasks, is_cancelled, task_class
from .waits import frames_of, read_wait

_STEP_NAMES = ("TaskStepMethWrapper", "__step")
_WAKEUP_NAMES = ("task_wakeup", "__wakeup", "TaskWakeupMethWrapper")
#: Turns of the loop that a program gets to clean up after a limit.
_CLEANUP_TURNS = 10_000


class Session:
    """Everything of one block's recording. `loop_class()` of it is what `asyncio.run` uses."""

    recorder_class = Recorder
    jobs_class = Jobs
    make_loop_class = staticmethod(loop_class)

    def __init__(self, file: str, limits: dict, variation=None, network=()) -> None:
        self.recorder = self.recorder_class(file, limits, variation)
        self.tasks = Tasks(self.recorder)
        self.task_class = task_class(self)
        self.composites = CompositeHooks(self.recorder, self.tasks)
        self.resources = Resources(self.recorder, self.tasks)
        self.jobs = self.jobs_class(self)
        self.outside = Outside(self, network)
        self.signals = Signals()
        self.instant = 0
        self.cleanup_turns = 0
        self._rests: dict[str, dict[int | None, str]] = {"step": {}, "wakeup": {}}
        self._step_type: type | None = None
        self.loop_class = self.make_loop_class(self)

    def enqueued(self, handle, kind: str) -> None:
        """A handle is about to be appended to the ready queue. Writes first what led to it: the end or the suspension
        of the running task, the end of a composite, the waking of a waiter."""
        recorder, tasks, numbers = self.recorder, self.tasks, self.recorder.numbers
        callback = handle._callback
        owner = getattr(callback, "__self__", None)
        numbers["h"] = handle.number = number = numbers["h"] + 1
        handle.text = recorder.handle_text(number)
        handle.state = "queued"
        handle.owner = None
        if recorder.frozen:
            if isinstance(owner, ANY_TASK) and hasattr(owner, "_number"):
                handle.owner = owner._number
            return
        running = tasks.running
        if running is not None and not tasks.finished and running.done():
            tasks.settle()
        if isinstance(owner, ANY_TASK) and (stepping := self._stepping(callback)) is not None:
            handle.owner = task = owner._number if type(owner) is self.task_class else tasks.number(owner)
            if owner is running and not tasks.parked:
                self.park(owner)
            if stepping == "wakeup":
                self.woken(owner, task, handle._args[0])
            rests, by = self._rests[stepping], recorder.task
            if (rest := rests.get(by)) is None:
                rest = rests[by] = around("enq", HOLE, stepping, by, "Task." + stepping, False)[1]
        else:
            internal = kind != "signal" and is_internal(callback, recorder.file)
            rest = around("enq", HOLE, kind, recorder.task, label_of(callback), internal)[1]
        recorder.queued(handle, rest)

    def _stepping(self, callback) -> str | None:
        """What a callback that belongs to a task is: `step`, `wakeup`, or None for the program's own (`task.cancel`)."""
        kind = type(callback)
        if kind is self._step_type:
            return "step"
        name = getattr(callback, "__name__", None) or kind.__name__
        if name in _WAKEUP_NAMES:
            return "wakeup"
        if name not in _STEP_NAMES:
            return None
        if kind.__name__ == name:
            self._step_type = kind
        return "step"

    def woken(self, owner, task: int, future) -> None:
        """A waiter's future is done: writes the composite's end, the resource's hand-over and the `wake`."""
        recorder = self.recorder
        wait = getattr(owner, "_waits", None)
        cause = wait.cause if wait is not None else "result"
        composite = getattr(future, "_composite", None)
        if composite is not None:
            self.composites.close_with(composite, future)
        if is_cancelled(future):
            # Only a task that was asked to stop is woken by a cancel; another just sees what it waited for end so.
            cause = "cancel" if getattr(owner, "_asked", False) else "done"
        elif wait is not None and wait.resource is not None:
            self.resources.woken(wait.resource, task)
        recorder.event("wake", task, recorder.task, cause)

    def scheduled(self, timer) -> None:
        """A timer is about to enter the heap."""
        recorder, callback = self.recorder, timer._callback
        timer.number = number = recorder.number("h")
        timer.text = recorder.handle_text(number)
        timer.state = "heap"
        timer.owner = None
        name = getattr(callback, "__qualname__", "")
        api = TIMER_APIS.get(name)
        if api is None or is_own(callback, recorder.file):
            frame = sys._getframe(2)
            api = "call_later" if frame.f_code.co_name == "call_later" else "call_at"
            label, internal = label_of(callback), is_internal(callback, recorder.file)
        else:
            label, internal = ABSENT, False
            timer.owner = recorder.task
            if api == "sleep":
                timer._args[0]._timer = number
            elif api == "timeout":
                task = callback.__self__._task
                timer.owner = self.tasks.number(task) if task is not None else None
                if self.composites.is_wait_for(callback.__self__):
                    api = "wait_for"
            elif api == "wait" and sys._getframe(3).f_code.co_name == "wait_for":
                api = "wait_for"
        recorder.event("timer+", timer.owner, number, timer.nanoseconds, api, recorder.task, label, internal)

    def park(self, task) -> None:
        """Writes the `suspend` of the running task, once a step."""
        if self.tasks.parked or self.recorder.frozen:
            return
        self.tasks.parked = True
        recorder = self.recorder
        task._waits, text = read_wait(task, recorder, self.composites, self.resources, self.tasks.number)
        recorder.suspended(task._number, text)

    def end_step(self, task) -> None:
        """After a task's step: it is done, or it waits."""
        try:
            if task.done():
                self.tasks.settle()
            else:
                self.park(task)
        except Exception as error:
            self.recorder.fault(error)

    def run_handle(self, handle, debugged) -> None:
        """Runs one handle as one step. `debugged` is the loop, when it is in debug mode and tells of slow steps."""
        recorder, tasks = self.recorder, self.tasks
        if recorder.interrupt_due:
            recorder.interrupt()
        if recorder.frozen:
            tasks.running = None
            handle.state = "ran"
            handle._run()
            return
        if recorder.on_step is not None:
            recorder.on_step()
        recorder.task = owner = None if handle.is_timer else handle.owner
        recorder.begin_step(handle, owner)
        handle.state = "ran"
        task = handle._callback.__self__ if owner is not None else None
        tasks.running, tasks.finished, tasks.parked = task, False, False
        if task is not None and getattr(task, "_asked", False) and _delivers(task, handle):
            task._asked = False
            recorder.event("cancelDelivered", owner)
        before = recorder.clock.now
        try:
            handle._run()
        finally:
            if task is not None and (not tasks.parked or task.done()):
                self.end_step(task)
            recorder.task = tasks.running = None
            recorder.end_step(handle, owner)
        if debugged is not None and recorder.clock.now - before >= debugged.slow_callback_duration * 1e9:
            base_events.logger.warning("Executing %s took %.3f seconds", base_events._format_handle(handle),
                                       (recorder.clock.now - before) / 1e9)
        # The traceback of an exception leads to this frame: it must not keep the task (CPython, `Handle._run`).
        handle = task = None

    def turn(self, loop) -> None:
        """An iteration of a loop begins."""
        recorder = self.recorder
        recorder.begin_tick()
        if recorder.clock.now != self.instant:
            self.instant, recorder.turns = recorder.clock.now, 0
        recorder.turns += 1
        if recorder.turns == TURNS_THAT_TELL:
            recorder.instant_begins = len(recorder.tape)
        if recorder.stopped is not None:
            recorder.interrupt()
            self.cleanup_turns += 1
            if self.cleanup_turns > _CLEANUP_TURNS:
                raise LimitReached(recorder.stopped)
        elif recorder.turns > recorder.limits["turns"]:
            recorder.stop("turns", self.site_of_next(loop))
            recorder.interrupt()

    def wait_for_next(self, loop) -> None:
        """Nothing is ready: the clock moves to the next timer or job; when there is none, that is a deadlock."""
        recorder, clock = self.recorder, self.recorder.clock
        times = [loop._scheduled[0].nanoseconds] if loop._scheduled else []
        if self.jobs.running is not None:
            self.jobs.wait_inside(lambda: bool(loop._ready), times[0] if times else None, "", sys._getframe(1))
            return
        if (job := self.jobs.next_time()) is not None:
            times.append(job)
        if not times:
            self.deadlock()
            return
        to = min(times)
        if to <= clock.now:
            return
        if to > recorder.limits["virtualSeconds"] * 10**9:
            if recorder.stopped is None:
                recorder.stop("virtualSeconds", self.site_of_next(loop))
                recorder.interrupt()
        if recorder.variation and loop._scheduled and to == loop._scheduled[0].nanoseconds:
            to += recorder.variation.oversleep()
        came_from = clock.now
        clock.reach(to)
        recorder.event("advance", None, came_from, to)

    def deadlock(self) -> None:
        recorder = self.recorder
        if recorder.stopped is not None:
            raise LimitReached(recorder.stopped)
        waiting = self.tasks.pending()
        self.blocked = [(task.get_name(), self._site_of_task(task), getattr(getattr(task, "_waits", None), "api", None))
                        for task in waiting]
        serves = self.outside.sockets.listens()
        if waiting and not serves:
            recorder.event("deadlock", None, [{"task": task._number, "site": self._site_of_task(task)}
                                              for task in ring(waiting, self.resources) or waiting])
        sites = [site for _, site, _ in self.blocked if site is not None]
        recorder.stop("server" if serves else "deadlock" if waiting else "idle", sites[0] if sites else None)
        recorder.interrupt()

    blocked: list = []

    def site_of_next(self, loop) -> int | None:
        """Where the author's code stands in the task that would run next: for limits that strike between steps.
        Where no task has any, the line that runs the loop."""
        owners = [getattr(handle._callback, "__self__", None) for handle in loop._ready]
        for task in [owner for owner in owners if isinstance(owner, ANY_TASK)] + self.tasks.pending():
            if (site := self._site_of_task(task)) is not None:
                return site
        return self.recorder.site_of(sys._getframe(1))

    def _site_of_task(self, task) -> int | None:
        for frame in reversed(frames_of(task.get_coro())):
            if frame.f_code.co_filename == self.recorder.file:
                return self.recorder.frame_site(frame)
        return None

    def reason(self) -> str:
        """Why the block was stopped, in one sentence."""
        recorder = self.recorder
        text = words(recorder.stopped, {**recorder.limits, "turns": recorder.turns})
        if recorder.stopped == "deadlock":
            sites = list(recorder.sites)
            text += ": " + ", ".join(
                name + (f" in {api}" if api else "") + (f" at line {sites[site][0]}" if site is not None else "")
                for name, site, api in self.blocked)
        return text


def _delivers(task, handle) -> bool:
    """Whether this step throws CancelledError into the task (CPython, `task_step` and `task_wakeup`)."""
    return task._must_cancel or (len(handle._args) == 1 and futures.isfuture(handle._args[0])
                                 and is_cancelled(handle._args[0]))
