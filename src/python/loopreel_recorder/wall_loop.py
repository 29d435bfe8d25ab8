"""The stock selector loop, which writes down what it does: recording on the wall clock.

It replaces what `loop.py` replaces, and lets the real selector wait. A loop that runs in another thread than the block's
is the stock one.
"""
import asyncio
import heapq
import threading
from asyncio import base_events
from collections import deque

from .closing import tell_of_what_is_left
from .loop import handle_classes

#: A wait of the selector that is shorter, in nanoseconds, is not told as one.
_SHORTEST_WAIT = 1_000_000


def wall_loop_class(session):
    """Gives the class of the session's loops; it takes the selector that the stock one takes."""
    recorder, tasks, clock = session.recorder, session.tasks, session.recorder.clock
    Handle, TimerHandle = handle_classes(session)
    identity = threading.get_ident

    class ReadyHandle(Handle):
        """One run of the handle that a descriptor's reader or writer, or a signal, runs again and again."""

        __slots__ = ("source",)
        _cancelled = property(lambda self: self.source._cancelled, lambda self, value: None)

    class _UnixSelectorEventLoop(asyncio.SelectorEventLoop):
        def __init__(self, selector=None):
            self._arrivals = deque()
            super().__init__(selector)

        def _recorded(self):
            """Whether this call is the block's thread at work on its own loop."""
            return identity() == recorder.thread and self._thread_id in (None, recorder.thread)

        # What asyncio schedules

        def _call_soon(self, callback, args, context, kind="callback"):
            if not self._recorded():
                if self._thread_id != recorder.thread:
                    return super()._call_soon(callback, args, context)
                handle = Handle(callback, args, self, context)
                handle.state = "late"
                self._arrivals.append(handle)
                return handle
            handle = Handle(callback, args, self, context)
            if handle._source_traceback:
                del handle._source_traceback[-1]
            self._queue(handle, kind)
            return handle

        def _queue(self, handle, kind):
            try:
                session.enqueued(handle, kind)
            except Exception as error:
                recorder.fault(error)
            self._ready.append(handle)

        def call_soon_threadsafe(self, callback, *args, context=None):
            self._check_closed()
            if self._debug:
                self._check_callback(callback, "call_soon_threadsafe")
            handle = self._call_soon(callback, args, context, *(("threadsafe",) if self._recorded() else ()))
            if handle._source_traceback:
                del handle._source_traceback[-1]
            self._write_to_self()
            return handle

        def _take_arrivals(self):
            """What other threads want to be called takes its place in the queue."""
            while self._arrivals:
                handle = self._arrivals.popleft()
                if not handle._cancelled:
                    if getattr(handle._callback, "__name__", "") == "_set_state" and len(handle._args) == 2:
                        session.jobs.delivered(handle._args[1])
                    self._queue(handle, "threadsafe")

        def _add_callback(self, handle):
            if handle._cancelled:
                return
            if not self._recorded():
                super()._add_callback(handle)
                return
            ready = ReadyHandle.__new__(ReadyHandle)
            ready.source = handle
            ready.__init__(handle._callback, handle._args, self, handle._context)
            self._queue(ready, "callback")

        def call_at(self, when, callback, *args, context=None):
            if not self._recorded():
                return super().call_at(when, callback, *args, context=context)
            if when is None:
                raise TypeError("when cannot be None")
            self._check_closed()
            if self._debug:
                self._check_thread()
                self._check_callback(callback, "call_at")
            timer = TimerHandle(when, callback, args, self, context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
            timer.nanoseconds = max(0, clock.since_start(when))
            try:
                session.scheduled(timer)
            except Exception as error:
                recorder.fault(error)
            heapq.heappush(self._scheduled, timer)
            timer._scheduled = True
            return timer

        def create_future(self):
            return tasks.future_class(loop=self) if self._recorded() else super().create_future()

        def create_task(self, coro, **options):
            if not self._recorded():
                return super().create_task(coro, **options)
            if self._task_factory is not None:
                task = super().create_task(coro, **options)
                tasks.number(task)
            else:
                self._check_closed()
                task = session.task_class(coro, loop=self, **options)
                if task._source_traceback:
                    del task._source_traceback[-1]
            try:
                return task
            finally:
                del task  # as in `loop.py`

        # One iteration

        def run_forever(self):
            if identity() != recorder.thread:
                super().run_forever()
                return
            number = recorder.number("loop")
            recorder.event("open", None, number)
            outer = recorder.task, recorder.step, tasks.running
            try:
                super().run_forever()
            finally:
                recorder.task, tasks.running = outer[0], outer[2]
                recorder.leave_loop(outer[1])
                recorder.event("close", None, number)

        def _run_once(self):
            if not self._recorded():
                super()._run_once()
                return
            session.turn(self)
            scheduled, ready = self._scheduled, self._ready
            while scheduled and scheduled[0]._cancelled:
                self._timer_cancelled_count -= 1
                heapq.heappop(scheduled)._scheduled = False
            self._take_arrivals()
            self._wait()
            self._take_arrivals()
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
                elif type(handle) is ReadyHandle:
                    recorder.event("hcancel", None, handle.number)
            handle = None
            recorder.task = tasks.running = None

        def close(self):
            if self._recorded():
                tell_of_what_is_left(recorder, self)
            super().close()

        def _wait(self):
            """Waits for descriptors, threads or the next timer, as long as the stock loop would."""
            timeout = None
            if self._ready or self._stopping:
                timeout = 0
            elif self._scheduled:
                left = self._scheduled[0]._when - self.time()
                timeout = min(max(0, left), base_events.MAXIMUM_SELECT_TIMEOUT)
            elif self._nothing_can_wake():
                session.deadlock()
            before = clock.now
            happened = self._selector.select(timeout)
            if timeout != 0 and clock.now - before >= _SHORTEST_WAIT:
                recorder.event("advance", None, before, clock.now)
            if session.console.capture is not None:
                session.console.capture.take()
            self._process_events(happened)

        def _nothing_can_wake(self):
            """No descriptor but the loop's own pipe, no other thread, no signal is waited for."""
            return (len(self._selector.get_map()) <= 1 and threading.active_count() == 1
                    and not getattr(self, "_signal_handlers", None))

    _UnixSelectorEventLoop.__module__ = "asyncio.unix_events"
    _UnixSelectorEventLoop.__qualname__ = "_UnixSelectorEventLoop"
    return _UnixSelectorEventLoop
