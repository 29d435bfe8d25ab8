"""What holds for the events of every trace (`src/trace/README.md`, "What holds")."""
from collections import Counter, deque


def broken_law(events: list[dict]) -> str | None:
    """The first law that the events break, as a sentence; None when all hold."""
    ready, running, now, tick = deque(), None, 0, None
    queued_in: dict[int, int] = {}
    waiting: dict[int, bool] = {}
    due: dict[int, int] = {}
    ends: Counter = Counter()
    for n, event in enumerate(events):
        kind, task = event["k"], event["task"]
        where = f"event {n}, {kind}"
        if event["i"] != n:
            return f"{where}: numbered {event['i']}"
        if event["t"] < now:
            return f"{where}: time falls"
        now = event["t"]
        if kind in ("enq", "fire"):
            ready.append(event["h"])
            if event["step"]:
                queued_in[event["h"]] = event["tick"]
            if kind == "fire" and now < due[event["h"]]:
                return f"{where}: before its time"
        elif kind == "timer+":
            due[event["h"]] = event["when"]
        elif kind == "hcancel":
            ready.remove(event["h"])
        elif kind == "tick":
            if event["ready"] != len(ready):
                return f"{where}: {event['ready']} ready, the events say {len(ready)}"
        elif kind == "run":
            if running is not None:
                return f"{where}: another step has not ended"
            if ready.popleft() != event["h"]:
                return f"{where}: not the head of the queue"
            if queued_in.get(event["h"]) == event["tick"]:
                return f"{where}: in the tick in which it was queued"
            if waiting.get(task):
                return f"{where}: its task was not woken"
            running = event
        elif kind == "ran":
            if running is None or (running["h"], running["step"]) != (event["h"], event["step"]):
                return f"{where}: its step did not begin"
            if task is not None and ends[task] != 1:
                return f"{where}: {ends[task]} ends of the task's step"
            running = None
            ends.clear()
        elif kind in ("suspend", "done"):
            ends[task] += 1
            waiting[task] = kind == "suspend" and bool(event["on"])
        elif kind == "wake":
            waiting[task] = False
    if running is not None:
        return "the last step has not ended"
    return None if events and events[-1]["k"] == "end" else "there is no end"
