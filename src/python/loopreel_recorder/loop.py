"""The event loop on the virtual clock, which writes down what it does.

It replaces the three methods through which everything that asyncio schedules goes (`_call_soon`, `call_at`,
`create_task`) and `_run_once`, whose order of work is CPython's (`asyncio/base_events.py`, 3.11 to 3.14). Waiting for
the next timer is a jump of the clock. The program sees the names of the stock loop.
"""
import functools
import heapq
import sys
import threading
from asyncio import events

from .closing import tell_of_what_is_left
from .limits import Unavailable
from .running import at_its_time
from .signals import LoopSignals
from .streams import LoopStreams


def loop_class(session):
    """Gives the class of the session's loops; it needs no arguments, and a selector means nothing to it."""
    recorder, tasks, clock = session.recorder, session.tasks, session.recorder.clock
    variation = recorder.variation
    Handle, TimerHandle = handle_classes(session)

    class _UnixSelectorEventLoop(LoopSignals, LoopStreams):
        _signals, _session, _network = session.signals, session, session.outside.sockets
        _recorded_handle = Handle

        def __init__(self, selector=None):
            super().__init__(type(selector).__name__ if selector else "EpollSelector")
            self._thread = None
            self._woken = False

        # What asyncio schedules

        def time(self):
            clock.looked_at(sys._getframe(1))
            if variation and clock.private is None:
                clock.reach(clock.now + variation.pause())
            return clock.monotonic()

        def _call_soon(self, callback, args, context, kind="callback"):
            handle = Handle(callback, args, self, context)
            if handle._source_traceback:
                del handle._source_traceback[-1]
            try:
                session.enqueued(handle, kind)
            except Exception as error:
                recorder.fault(error)
            self._ready.append(handle)
            return handle

        def call_soon_threadsafe(self, callback, *args, context=None):
            self._check_closed()
            if self._debug:
                self._check_callback(callback, "call_soon_threadsafe")
            if clock.private is not None and clock.private > clock.now:
                handle = Handle(callback, args, self, context)
                handle.state, handle.owner = "late", None
                session.jobs.later(clock.private, lambda: self._append_threadsafe(handle))
                return handle
            handle = self._call_soon(callback, args, context, "threadsafe")
            if handle._source_traceback:
                del handle._source_traceback[-1]
            self._write_to_self()
            return handle

        def _append_threadsafe(self, handle):
            session.enqueued(handle, "threadsafe")
            self._ready.append(handle)
            self._write_to_self()

        def call_later(self, delay, callback, *args, context=None):
            """Some time passes in each wait, were it shorter than the clock can tell: programs wait for the rest of a
            duration until none is left."""
            if delay is None:
                raise TypeError("delay must not be None")
            when = self.time() + delay
            if delay > 0 and clock.since_start(when) <= clock.now:
                when = self.time() + 1e-9
            timer = self.call_at(when, callback, *args, context=context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
            return timer

        def call_at(self, when, callback, *args, context=None):
            if when is None:
                raise TypeError("when cannot be None")
            self._check_closed()
            if self._debug:
                self._check_thread()
                self._check_callback(callback, "call_at")
            timer = TimerHandle(when, callback, args, self, context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
            timer.nanoseconds = clock.since_start(when)
            try:
                session.scheduled(timer)
            except Exception as error:
                recorder.fault(error)
            heapq.heappush(self._scheduled, timer)
            timer._scheduled = True
            return timer

        def create_future(self):
            return tasks.future_class(loop=self)

        def create_task(self, coro, **given):
            if self._task_factory is not None:
                task = super().create_task(coro, **given)
                tasks.number(task, coro)
            else:
                self._check_closed()
                task = session.task_class(coro, loop=self, **given)
                if task._source_traceback:
                    del task._source_traceback[-1]
            try:
                return task
            finally:
                del task  # of an eager task the traceback of its exception leads here (CPython 3.14, the same)

        # One iteration

        def run_forever(self):
            if clock.private is not None:
                with at_its_time(session):
                    return self.run_forever()
            number = session.jobs.loop_opens(sys._getframe(1))
            outer = recorder.task, recorder.step, tasks.running
            self._thread = threading.current_thread()
            try:
                super().run_forever()
            finally:
                recorder.task, tasks.running = outer[0], outer[2]
                recorder.leave_loop(outer[1])
                session.jobs.loop_closes(number)

        def _run_once(self, waits=True):
            session.turn(self)
            self._woken = False
            scheduled, ready = self._scheduled, self._ready
            while scheduled and scheduled[0]._cancelled:
                self._timer_cancelled_count -= 1
                heapq.heappop(scheduled)._scheduled = False
            if not ready and session.jobs.is_busy():
                session.jobs.poll()
            watched = self._selector
            if waits and not ready and not self._stopping and not self._arrived and not watched.select():
                session.wait_for_next(self)
            if session.jobs.is_busy():
                session.jobs.deliver_due()
            if watched.keys:
                self._process_events(watched.select())
            if self._arrived:
                self._call_soon(self._read_from_self, (), None)
            while scheduled and scheduled[0].nanoseconds <= clock.now:
                timer = heapq.heappop(scheduled)
                timer._scheduled = False
                if timer._cancelled:
                    self._timer_cancelled_count -= 1
                    continue
                timer.state = "queued"
                recorder.event("fire", timer.owner, timer.number)
                ready.append(timer)
            count = len(ready)
            if not recorder.frozen:
                recorder.ticked(len([True for handle in ready if not handle._cancelled]))
            for _ in range(count):
                handle = ready.popleft()
                if not handle._cancelled:
                    session.run_handle(handle, self if self._debug else None)
            handle = None
            recorder.task = tasks.running = None

        # What a selector loop has beside

        def close(self):
            tell_of_what_is_left(recorder, self)
            super().close()

        def _write_to_self(self):
            self._woken = True

        def _is_woken(self):
            """Whether the selector of a loop that waits in a thread of its own would return."""
            return self._woken or bool(self._arrived) or bool(self._selector.select())

        def _seconds_left(self):
            """Until its next timer, as its thread is about to wait; None without one."""
            left = [timer.nanoseconds for timer in self._scheduled if not timer._cancelled]
            return max(0, min(left) - clock.now) / 1e9 if left else None

        def _check_thread(self):
            if self._thread_id is not None and threading.current_thread() is not self._thread:
                raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

        def run_in_executor(self, executor, func, *args):
            self._check_closed()
            if self._debug:
                self._check_callback(func, "run_in_executor")
            if executor is None:
                self._check_default_executor()
            return session.jobs.run_in_executor(self, executor, func, args)

        def set_default_executor(self, executor):
            self._default_executor = executor

        async def shutdown_default_executor(self, timeout=None):
            """Waits for its jobs, as `asyncio.run` does at its end (CPython has a thread for that)."""
            self._executor_shutdown_called = True
            if self._default_executor is not None:
                self._default_executor._shutdown = True
                while self._default_executor._unfinished() and recorder.stopped is None:
                    done = self.create_future()
                    if (moment := session.jobs.next_time()) is not None:
                        session.jobs.later(moment, functools.partial(done.set_result, None))
                    await done

        shutdown_default_executor.__qualname__ = "BaseEventLoop.shutdown_default_executor"

    for name, what in _OUTSIDE.items():
        setattr(_UnixSelectorEventLoop, name, _refuse(name, what))
    _UnixSelectorEventLoop.__module__ = "asyncio.unix_events"
    _UnixSelectorEventLoop.__qualname__ = "_UnixSelectorEventLoop"
    return _UnixSelectorEventLoop


_OUTSIDE = {
    **dict.fromkeys(("connect_accepted_socket", "start_tls"), "the network"),
    **dict.fromkeys(("subprocess_shell", "subprocess_exec", "connect_read_pipe", "connect_write_pipe"),
                    "another process"),
}


def _refuse(name, what):
    async def refuse(self, *args, **kwargs):
        raise Unavailable(f"{name} needs {what}, which a recording does not have; `engine=cpython` has it")

    refuse.__name__ = name
    refuse.__qualname__ = f"BaseEventLoop.{name}"
    return refuse


def handle_classes(session):
    recorder = session.recorder

    class Handle(events.Handle):
        __slots__ = ("number", "owner", "state", "text")
        is_timer = False

        def cancel(self):
            if not self._cancelled and self.state == "queued":
                recorder.event("hcancel", self.owner, self.number)
            super().cancel()

    class TimerHandle(events.TimerHandle):
        __slots__ = ("number", "owner", "state", "text", "nanoseconds")
        is_timer = True

        def cancel(self):
            if not self._cancelled:
                if self.state == "queued":
                    recorder.event("hcancel", self.owner, self.number)
                elif self.state == "heap":
                    recorder.event("timer-", self.owner, self.number)
            super().cancel()

        def __lt__(self, other):
            """Ties go to the timer that was set first; `heapq` alone does not promise that."""
            if self.nanoseconds != other.nanoseconds:
                return self.nanoseconds < other.nanoseconds
            return self.number < other.number

    for kind in (Handle, TimerHandle):
        kind.__module__ = "asyncio.events"
        kind.__qualname__ = kind.__name__
    return Handle, TimerHandle
