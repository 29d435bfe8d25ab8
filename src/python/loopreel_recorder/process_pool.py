"""What stands in for `multiprocessing.Pool`: its calls are jobs of the emulated executor of processes."""
import concurrent.futures
import multiprocessing


class Pool:
    """multiprocessing.Pool(), for which the executor does the work: chunks of a map are one job each."""

    def __init__(self, executor) -> None:
        self._executor, self._jobs = executor, []

    def _submit(self, function, *arguments, **options):
        if self._executor._shutdown:
            raise ValueError("Pool not running")
        self._jobs.append(self._executor.submit(function, *arguments, **options))
        return self._jobs[-1]

    def apply(self, func, args=(), kwds={}):
        return self._submit(func, *args, **kwds).result()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        return Result([self._submit(func, *args, **kwds)], lambda lists: lists[0], callback, error_callback)

    def map(self, func, iterable, chunksize=None):
        return self.map_async(func, iterable, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        return self.starmap_async(func, iterable, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self.starmap_async(func, [(item,) for item in iterable], chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        items = list(iterable)
        if chunksize is None:  # CPython, `Pool._map_async`
            chunksize, rest = divmod(len(items), self._executor._max_workers * 4)
            chunksize += bool(rest)
        chunks = [items[n:n + chunksize] for n in range(0, len(items), chunksize or 1)]
        return Result([self._submit(Chunk(func), chunk) for chunk in chunks],
                      lambda lists: [value for values in lists for value in values], callback, error_callback)

    def imap(self, func, iterable, chunksize=1):
        futures = [self._submit(func, item) for item in iterable]
        return (future.result() for future in futures)

    def imap_unordered(self, func, iterable, chunksize=1):
        futures = [self._submit(func, item) for item in iterable]
        return (future.result() for future in concurrent.futures.as_completed(futures))

    def close(self):
        self._executor.shutdown(wait=False)

    def terminate(self):
        self._executor.shutdown(wait=False, cancel_futures=True)

    def join(self):
        if not self._executor._shutdown:
            raise ValueError("Pool is still running")
        self._executor.shutdown()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.terminate()


class Chunk:
    """Some calls of one function, as one job."""

    def __init__(self, function) -> None:
        self.function, self.__name__ = function, getattr(function, "__name__", "")

    def __call__(self, items):
        return [self.function(*item) for item in items]


class Result:
    """multiprocessing.pool.AsyncResult"""

    def __init__(self, futures, joined, callback, error_callback) -> None:
        self._futures, self._joined = futures, joined
        self._callbacks = callback, error_callback
        for future in futures if callback or error_callback else ():
            future.add_done_callback(self._call_back)

    def _call_back(self, _future):
        if self.ready():
            called = self._callbacks[0 if self.successful() else 1]
            if called is not None:
                called(self.get() if self.successful() else next(filter(None, map(_error_of, self._futures))))

    def ready(self):
        return all(future.done() for future in self._futures)

    def successful(self):
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return not any(map(_error_of, self._futures))

    def wait(self, timeout=None):
        concurrent.futures.wait(self._futures, timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise multiprocessing.TimeoutError
        return self._joined([future.result() for future in self._futures])


def _error_of(future):
    return future.exception()
