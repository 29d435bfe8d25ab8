"""Real threads, watched: jobs of executors and `threading.Thread`, told like the emulated ones of `jobs.py`.

What happens in the block's own thread is seen through `Monitor`; what happens in the others through a watch of its own,
on four functions of the library, which only notes who and when.
"""
import concurrent.futures
import concurrent.futures.process
import concurrent.futures.thread
import sys
import threading
import weakref
from asyncio import futures
from concurrent.futures import _base

from .pools import job_name

_TOOL = 3
_JOIN_SECONDS = 0.05
_BOOTSTRAP = threading.Thread._bootstrap_inner.__code__


class Threads:
    """Takes the place of `Jobs` on the wall clock, where nothing is emulated."""

    touches = unemulable = None

    def __init__(self, session) -> None:
        self.session = session
        self.recorder = session.recorder
        self._jobs: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()
        self._watched = {
            _base.Future.set_running_or_notify_cancel.__code__: self._job_began,
            _base.Future.set_result.__code__: self._job_ended,
            _base.Future.set_exception.__code__: self._job_ended,
            _BOOTSTRAP: self._thread_runs,
        }

    def out_of_time(self, _frame) -> None:
        pass

    # In the block's thread

    def hooks(self) -> list:
        return [
            (concurrent.futures.ThreadPoolExecutor.submit.__code__, "return", self._submitted),
            (concurrent.futures.ProcessPoolExecutor.submit.__code__, "return", self._submitted),
            (futures.wrap_future.__code__, "return", self._wrapped),
            (threading.Thread.start.__code__, "start", self._started),
        ]

    def _submitted(self, frame, future) -> None:
        recorder, names = self.recorder, frame.f_locals
        self._jobs[future] = number = recorder.number("job")
        pool = "process" if isinstance(names["self"], concurrent.futures.process.ProcessPoolExecutor) else "thread"
        recorder.event("submit", recorder.task, number, job_name(names["fn"], names["args"]), recorder.site_of(frame),
                       pool)

    def _wrapped(self, frame, future) -> None:
        number = self._jobs.get(frame.f_locals["future"])
        if number is not None:
            future._job = number

    def _started(self, frame) -> None:
        thread = frame.f_locals["self"]
        target = getattr(thread, "_target", None)
        made_by = type(thread).__module__ + "/" + str(getattr(target, "__module__", ""))
        if any(name in made_by for name in ("concurrent.", "multiprocessing.", "asyncio.")):
            return
        recorder = self.recorder
        self._jobs[thread] = number = recorder.number("job")
        recorder.event("submit", recorder.task, number, thread.name, recorder.site_of(frame), "thread")

    def delivered(self, source) -> None:
        """The loop is about to be given the result of an executor's future."""
        number = self._jobs.get(source) if isinstance(source, _base.Future) else None
        if number is not None:
            self.recorder.event("deliver", None, number)

    # In any thread

    def watch(self) -> None:
        if not hasattr(sys, "monitoring"):
            threading.settrace(self._trace)
            return
        monitoring, kinds = sys.monitoring, sys.monitoring.events
        monitoring.use_tool_id(_TOOL, "loopreel threads")
        frame_of = sys._getframe
        monitoring.register_callback(_TOOL, kinds.PY_START, lambda code, _: self._watched[code](frame_of(1), False))
        monitoring.register_callback(_TOOL, kinds.PY_RETURN, lambda code, *_: self._watched[code](frame_of(1), True))
        for code in self._watched:
            monitoring.set_local_events(_TOOL, code, kinds.PY_START | kinds.PY_RETURN)

    def unwatch(self) -> None:
        if not hasattr(sys, "monitoring"):
            threading.settrace(None)
            return
        for code in self._watched:
            sys.monitoring.set_local_events(_TOOL, code, 0)
        sys.monitoring.free_tool_id(_TOOL)

    def _trace(self, frame, event, _argument):
        """Python 3.11: the same, through `threading.settrace`, which begins with what `_bootstrap_inner` calls."""
        outer = frame.f_back
        if outer is not None and outer.f_code is _BOOTSTRAP and frame.f_code.co_name == "run":
            self._thread_runs(outer, event == "return")
        elif (hook := self._watched.get(frame.f_code)) is not None:
            hook(frame, event == "return")
        else:
            return None
        frame.f_trace_lines = False
        return self._trace

    def _job_began(self, frame, returns: bool) -> None:
        if returns:
            self._began(frame.f_locals["self"], threading.current_thread().name)

    def _job_ended(self, frame, returns: bool) -> None:
        if not returns:
            failed = frame.f_code is _base.Future.set_exception.__code__
            self._ended(frame.f_locals["self"], "error" if failed else "ok")

    def _thread_runs(self, frame, returns: bool) -> None:
        thread = frame.f_locals["self"]
        if returns:
            self._ended(thread, "ok")
        else:
            self._began(thread, thread.name)

    def _began(self, key, name: str) -> None:
        at = self.recorder.clock.now
        self._leave(key, lambda number: self.recorder.event("tstart", None, number, name, at))

    def _ended(self, key, outcome: str) -> None:
        at = self.recorder.clock.now
        self._leave(key, lambda number: self.recorder.event("tend", None, number, at, outcome))

    def _leave(self, key, write) -> None:
        """Leaves a note for the block's thread. The number is looked up there: a worker may be quicker than the return
        of `submit`."""

        def arrive():
            number = self._jobs.get(key)
            if number is not None:
                write(number)

        self.recorder.arrivals.append(arrive)

    # The end

    def finish(self) -> None:
        """The block has ended: its threads are waited for, as Python does at exit (`threading._shutdown`)."""
        for module, flag in ((concurrent.futures.thread, "_shutdown"), (concurrent.futures.process, "_global_shutdown")):
            module._python_exit()
            setattr(module, flag, False)
        main = threading.current_thread()
        for thread in threading.enumerate():
            while thread is not main and not thread.daemon and thread.is_alive():
                thread.join(_JOIN_SECONDS)
        if self.recorder.stopped is None:
            self.session.console.capture.take()
            self.recorder.take_arrivals()
