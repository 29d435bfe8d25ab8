"""`threading.Lock` among emulated threads."""
import _thread


def lock_class(jobs):
    """The class that stands in for `threading.Lock`.

    A thread that finds it taken waits on the virtual clock, and a lock that nobody can give back is told as that, where
    the real one would wait for ever. A thread that was emulated ahead of the others leaves behind when it had the lock.
    """
    clock = jobs.recorder.clock

    class lock:
        __slots__ = ("_real", "_since", "_ahead", "__weakref__")

        def __init__(self):
            self._real = _thread.allocate_lock()
            self._since, self._ahead = 0, []

        def _free_at(self):
            """The first moment from now on at which no emulated thread has it."""
            moment = clock.read()
            if self._ahead:
                self._ahead = sorted(held for held in self._ahead if held[1] > clock.now)
                for since, until in self._ahead:
                    if since <= moment < until:
                        moment = until
            return moment

        def _try(self):
            now = clock.read()
            if self._free_at() > now or not self._real.acquire(False):
                return False
            self._since = now
            return True

        def acquire(self, blocking=True, timeout=-1):
            if not blocking and timeout != -1:
                raise ValueError("can't specify a timeout for a non-blocking call")
            if timeout < 0 and timeout != -1:
                raise ValueError("timeout value must be a non-negative number")
            if self._try():
                return True
            if not blocking:
                return False
            limit = None if timeout == -1 else timeout
            free = self._free_at()
            if not self._real.locked():
                if clock.private is None:
                    jobs.later(free, lambda: None)
                elif limit is None or limit >= (free - clock.private) / 1e9:
                    clock.private = free
                    return self._try()
            got = False

            def ready():
                nonlocal got
                got = got or self._try()
                return got

            return jobs.block_until(ready, limit, "Lock.acquire")

        acquire_lock = __enter__ = acquire

        def release(self):
            self._real.release()
            now = clock.read()
            if now > self._since and now > clock.now:
                self._ahead.append((self._since, now))

        release_lock = release

        def __exit__(self, *_error):
            self.release()

        def locked(self):
            return self._real.locked() or self._free_at() > clock.read()

        def _at_fork_reinit(self):
            self.__init__()

        def __repr__(self):
            state = "locked" if self.locked() else "unlocked"
            return f"<{state} _thread.lock object at {id(self):#x}>"

    lock.__module__, lock.__qualname__ = "_thread", "lock"
    return lock
