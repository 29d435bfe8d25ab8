"""Loops that run in emulated threads: the calls that run one, as generators (`blocking.py`).

They do what CPython's do (`asyncio/base_events.py`, `asyncio/runners.py`, 3.11 to 3.14). While such a loop has nothing
to do its thread waits like any other; each burst of its iterations happens at one moment, as what it is: the loop's
own steps, of which everything is told.
"""
import asyncio
import contextlib
import sys
import threading
from asyncio import base_events, events, futures, runners, tasks

from .blocking import Wait
from .limits import LimitReached

_AHEAD = "a loop in a thread that has been blocked where it cannot be left cannot be emulated"
#: Iterations without a pause after which other threads get their turn, as they do on CPython after 5 ms.
_BURST = 1_000


def run_forever(loop):
    session = loop._session
    jobs = session.jobs
    loop._check_closed()
    loop._check_running()
    if jobs.is_ahead():
        yield Wait(None, 0)
    number = jobs.loop_opens(sys._getframe())
    loop._thread_id, loop._thread = threading.get_ident(), threading.current_thread()
    try:
        # A loop asks the system what has happened, and meanwhile others run: who started the thread goes on first.
        yield Wait(lambda: True)
        while True:
            if not loop._ready and not loop._stopping:
                yield Wait(loop._is_woken, loop._seconds_left())
            with _in_place(loop):
                for _ in range(_BURST):
                    loop._run_once(waits=False)
                    if loop._stopping or not loop._ready:
                        break
            if session.recorder.stopped is not None:
                raise LimitReached(session.recorder.stopped)
            if loop._stopping:
                break
            if loop._ready:
                yield Wait(None, 0)
    except (GeneratorExit, LimitReached):
        number = None
        _abandon(loop)
        raise
    finally:
        if number is not None:
            loop._stopping, loop._thread_id = False, None
            jobs.loop_closes(number)


def _abandon(loop) -> None:
    """The program has ended before its thread: nothing of the tasks is run or said any more."""
    for task in tasks.all_tasks(loop):
        task._log_destroy_pending = False
        with contextlib.suppress(BaseException):
            task.get_coro().close()
    loop._ready.clear()
    loop._scheduled.clear()
    loop._closed = True


@contextlib.contextmanager
def at_its_time(session):
    """What a loop's thread does now happens at the clock's own time, and is told."""
    recorder, jobs = session.recorder, session.jobs
    clock = recorder.clock
    if jobs.is_ahead():
        jobs.cannot(_AHEAD, sys._getframe(2))
    clock.private = None
    try:
        yield
    finally:
        clock.private = clock.now
        recorder.task = session.tasks.running = None
        recorder.leave_loop(0)


@contextlib.contextmanager
def _in_place(loop):
    """What CPython keeps for each thread is that of the loop's."""
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(firstiter=loop._asyncgen_firstiter_hook, finalizer=loop._asyncgen_finalizer_hook)
    loop._set_coroutine_origin_tracking(loop._debug)
    events._set_running_loop(loop)
    try:
        with at_its_time(loop._session):
            yield
    finally:
        events._set_running_loop(None)
        loop._set_coroutine_origin_tracking(False)
        sys.set_asyncgen_hooks(*hooks)


def run_until_complete(loop, future):
    loop._check_closed()
    loop._check_running()
    new_task = not futures.isfuture(future)
    future = tasks.ensure_future(future, loop=loop)
    if new_task:
        future._log_destroy_pending = False
    future.add_done_callback(base_events._run_until_complete_cb)
    try:
        yield from run_forever(loop)
    except BaseException:
        if new_task and future.done() and not future.cancelled():
            future.exception()
        raise
    finally:
        future.remove_done_callback(base_events._run_until_complete_cb)
    if not future.done():
        raise RuntimeError("Event loop stopped before Future completed.")
    return future.result()


def run(main, **options):
    runner = asyncio.Runner(**options)
    try:
        return (yield from runner_run(runner, main))
    except GeneratorExit:
        runner = None
        raise
    finally:
        if runner is not None:
            yield from runner_close(runner)


def runner_run(runner, coro, *, context=None):
    if not asyncio.iscoroutine(coro):
        return runner.run(coro, context=context)
    runner._lazy_init()
    task = runner._loop.create_task(coro, context=runner._context if context is None else context)
    return (yield from run_until_complete(runner._loop, task))


def runner_close(runner):
    loop = runner._loop
    if loop is None:
        return runner.close()
    try:
        yield from _cancel_all_tasks(loop)
        yield from run_until_complete(loop, loop.shutdown_asyncgens())
        yield from run_until_complete(loop, loop.shutdown_default_executor())
    except GeneratorExit:
        loop = None
        raise
    finally:
        if loop is not None:
            if runner._set_event_loop:
                events.set_event_loop(None)
            loop.close()
            runner._loop, runner._state = None, runners._State.CLOSED


def _cancel_all_tasks(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    yield from run_until_complete(loop, tasks.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })


def methods(loop_class: type) -> dict:
    """What stands for what: methods by class and name, for `Blocking`."""
    return {
        (loop_class, "run_forever"): run_forever,
        (base_events.BaseEventLoop, "run_until_complete"): run_until_complete,
        (asyncio.Runner, "run"): runner_run,
        (asyncio.Runner, "close"): runner_close,
    }
