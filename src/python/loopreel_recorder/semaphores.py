"""`threading.Semaphore` among emulated threads."""
import threading


def semaphore_methods(jobs) -> list:
    """The methods that stand in: `(class, name, replacement)`.

    A semaphore keeps its moves with their times, those of threads that were emulated ahead of the others too. Who takes
    a permit finds as many as there are at that time on the clock; where somebody ahead would not have had one, or would
    have had one sooner, the order cannot be emulated.
    """
    clock = jobs.recorder.clock

    def moves(semaphore) -> list:
        """`(time, permits)`, by time; what is past is in `_value`."""
        known = vars(semaphore).setdefault("_moves", [])
        known.sort()
        while known and known[0][0] <= clock.now:
            semaphore._value += known.pop(0)[1]
        return known

    def free_at(semaphore, moment: int) -> int | None:
        """The first time from `moment` on at which a permit is there."""
        known = moves(semaphore)
        value = semaphore._value
        for time, permits in known:
            if time > moment and value > 0:
                return moment
            value += permits
            moment = max(moment, time)
        return moment if value > 0 else None

    def take(semaphore, moment: int, frame) -> None:
        known = moves(semaphore)
        value = semaphore._value
        for time, permits in known:
            value += permits
            if time > moment and value < 1:
                jobs.misordered("a semaphore", frame)
        if moment > clock.now:
            known.append((moment, -1))
        else:
            semaphore._value -= 1

    def acquire(semaphore, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        frame, moment = jobs.caller(), clock.read()
        free = free_at(semaphore, moment)
        if free == moment:
            take(semaphore, moment, frame)
            return True
        if not blocking:
            return False
        if clock.private is not None and free is not None and (timeout is None or timeout * 1e9 >= free - moment):
            clock.private = free
            vars(semaphore).setdefault("_waits", []).append((moment, free))
            take(semaphore, free, frame)
            return True

        def ready():
            return free_at(semaphore, clock.read()) == clock.read()

        if not jobs.block_until(ready, timeout, "Semaphore.acquire"):
            return False
        take(semaphore, clock.read(), frame)
        return True

    def release(semaphore, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        moment = clock.read()
        if any(since <= moment < until for since, until in vars(semaphore).get("_waits", ())):
            jobs.misordered("a semaphore", jobs.caller())
        known = moves(semaphore)
        if moment > clock.now:
            known.append((moment, n))
            jobs.later(moment, lambda: None)
        else:
            semaphore._value += n

    def bounded_release(semaphore, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        moment = clock.read()
        there = sum(permits for time, permits in moves(semaphore) if time <= moment) + semaphore._value
        if there + n > semaphore._initial_value:
            raise ValueError("Semaphore released too many times")
        release(semaphore, n)

    plain, bounded = threading.Semaphore, threading.BoundedSemaphore
    return [(plain, "acquire", acquire), (plain, "__enter__", acquire), (plain, "release", release),
            (bounded, "release", bounded_release)]
