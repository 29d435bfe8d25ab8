"""What can be awaited, or entered with `async with`: the calls of aiohttp and aiofiles."""


class Entering:
    """A coroutine `_coro` in a dress: awaiting it runs it, and so does entering it."""

    def send(self, value):
        return self._coro.send(value)

    def throw(self, *error):
        return self._coro.throw(*error)

    def close(self):
        return self._coro.close()

    def __await__(self):
        return self._coro.__await__()

    def __aenter__(self):
        return self._coro
