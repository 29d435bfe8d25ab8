"""What a loop leaves unrun when it is closed."""


def tell_of_what_is_left(recorder, loop):
    """Takes the rest of a loop's queue and of its timers out of the recording, before `BaseEventLoop.close` drops it.

    A loop that only stopped keeps both: `run_until_complete` of the same loop goes on with them.
    """
    if loop.is_closed() or loop.is_running():
        return
    try:
        for handle in loop._ready:
            if not handle._cancelled:
                recorder.event("hcancel", getattr(handle, "owner", None), handle.number)
        for timer in loop._scheduled:
            if not timer._cancelled:
                recorder.event("timer-", timer.owner, timer.number)
    except Exception as error:
        recorder.fault(error)
