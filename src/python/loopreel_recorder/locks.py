"""`threading.Lock` and `RLock` among emulated threads."""
import _thread
import threading


def lock_class(jobs):
    """The class that stands in for `threading.Lock`.

    A thread that finds it taken waits on the virtual clock, and a lock that nobody can give back is told as that, where
    the real one would wait for ever. A thread that was emulated ahead of the others leaves behind when it had the lock;
    who has had it for a while before, and still then, should have been waited for.
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
            if any(self._since < since <= now for since, _ in self._ahead):
                jobs.misordered("a lock", jobs.caller())
            if now > clock.now:
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


def rlock_class(lock):
    """The class that stands in for `threading.RLock`: who holds it may take it again."""

    class RLock:
        def __init__(self):
            self._block = lock()
            self._owner, self._count = None, 0

        def acquire(self, blocking=True, timeout=-1):
            me = threading.current_thread()
            if self._owner is not me:
                if not self._block.acquire(blocking, timeout):
                    return False
                self._owner = me
            self._count += 1
            return True

        __enter__ = acquire

        def _try(self):
            return self.acquire(False)

        def release(self):
            if self._owner is not threading.current_thread():
                raise RuntimeError("cannot release un-acquired lock")
            self._count -= 1
            if not self._count:
                self._owner = None
                self._block.release()

        def __exit__(self, *_error):
            self.release()

        def locked(self):
            return self._block.locked()

        # For conditions

        def _is_owned(self):
            return self._owner is threading.current_thread()

        def _release_save(self):
            state, self._count, self._owner = (self._count, self._owner), 0, None
            self._block.release()
            return state

        def _acquire_restore(self, state):
            self._block.acquire()
            self._count, self._owner = state

        def _at_fork_reinit(self):
            self.__init__()

        def __repr__(self):
            state = "locked" if self.locked() else "unlocked"
            owner = id(self._owner) if self._owner else 0
            return f"<{state} _thread.RLock object owner={owner} count={self._count} at {id(self):#x}>"

    RLock.__module__ = "_thread"
    RLock.__qualname__ = "RLock"
    return RLock
