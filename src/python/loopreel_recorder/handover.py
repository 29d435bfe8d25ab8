"""What emulated threads hand over: events and queue items, which must not be there before their time.

A thread is emulated ahead of the others. What it sets or puts meanwhile arrives when the clock gets there; a thread
that is itself ahead and waits for it moves its own clock.
"""
import queue
import threading


def handovers(jobs) -> list:
    """The methods that stand in: `(class, name, replacement)`."""
    clock = jobs.recorder.clock
    Event, Queue = threading.Event, queue.Queue
    really_set, really_clear, really_wait = Event.set, Event.clear, Event.wait
    really_put, really_get = Queue.put, Queue.get

    def ahead() -> bool:
        return clock.private is not None and clock.private > clock.now

    def looked(event, until: int) -> None:
        """A thread that is ahead has seen that the event was not set, until `until`."""
        if until > clock.now:
            event._seen = max(getattr(event, "_seen", 0), until)

    def set_event(event):
        if clock.read() < getattr(event, "_seen", 0) and not event._flag:
            jobs.misordered("an event", jobs.caller())
        if not ahead() or event._flag:
            return really_set(event)
        coming = getattr(event, "_comes", None)
        if coming is not None and coming <= clock.private:
            return None
        event._comes = moment = clock.private
        jobs.later(moment, lambda: really_set(event) if getattr(event, "_comes", None) == moment else None)

    def clear(event):
        event._comes = None
        really_clear(event)

    def is_set(event):
        moment = getattr(event, "_comes", None)
        is_there = event._flag or moment is not None and moment <= clock.read()
        if not is_there and clock.private is not None:
            looked(event, clock.private)
        return is_there

    def wait_event(event, timeout=None):
        moment = getattr(event, "_comes", None)
        if clock.private is not None and moment is not None and not event._flag:
            left = max(0, moment - clock.private)
            if timeout is None or timeout * 1e9 >= left:
                clock.private += left
                return True
        if clock.private is not None and timeout is not None and not event._flag:
            looked(event, clock.private + max(0, round(timeout * 1e9)))
        return really_wait(event, timeout)

    def arrive(box, entry):
        """An item gets there, once."""
        coming = box._coming
        if any(item is entry for item in coming):
            coming[:] = [item for item in coming if item is not entry]
            really_put(box, entry[1])

    def put(box, item, block=True, timeout=None):
        if not ahead() or box.maxsize > 0 or getattr(box, "is_shutdown", False):
            return really_put(box, item, block, timeout)
        entry = (clock.private, item)
        vars(box).setdefault("_coming", []).append(entry)
        jobs.later(entry[0], lambda: arrive(box, entry))

    def get(box, block=True, timeout=None):
        coming = getattr(box, "_coming", None)
        if clock.private is not None and coming and not box._qsize():
            entry = min(coming, key=lambda item: item[0])
            left = max(0, entry[0] - clock.private)
            if not left or block and (timeout is None or timeout * 1e9 >= left):
                clock.private += left
                arrive(box, entry)
        return really_get(box, block, timeout)

    return [(Event, "set", set_event), (Event, "clear", clear), (Event, "is_set", is_set), (Event, "wait", wait_event),
            (Queue, "put", put), (Queue, "get", get)]
