"""What the simulated packages need of the recording that runs them."""


class Host:
    """Answers requests, lets time pass and writes down what was transferred; the recorder puts its own in `host`."""

    def answer(self, request):
        """The `Answer` to a `Request` (`answers.py`)."""
        raise NotImplementedError

    def error_of(self, url) -> str | None:
        """The error that a request to a URL will meet, if that is known before it is sent."""
        raise NotImplementedError

    def opened(self, what: str) -> int:
        """A connection or file was opened; gives its number."""
        raise NotImplementedError

    def tell(self, op: str, connection: int, what: str, size: int) -> None:
        """`op` is `send`, `receive` or `close`; `size` in bytes."""
        raise NotImplementedError

    async def pause(self, seconds: float, connection: int) -> None:
        """The task waits for the connection."""
        raise NotImplementedError

    def hold(self, seconds: float) -> None:
        """The thread waits, and everything in it."""
        raise NotImplementedError

    def after(self, seconds: float, action):
        """Calls `action` when that much time has passed for the loop. Gives what `forget` takes."""
        raise NotImplementedError

    def forget(self, planned) -> None:
        """What `after` planned does not happen."""
        raise NotImplementedError


#: Of the block that runs; there is none outside of a block.
host: Host = Host()
