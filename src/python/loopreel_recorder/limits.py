"""What ends a block before its own end."""


class LimitReached(KeyboardInterrupt):
    """A limit of the recording was reached; ends the block like Ctrl+C would.

    It derives from KeyboardInterrupt because that is what a Task re-raises through `Handle._run` out of the loop
    (CPython, `task_step_impl`), where any other exception would stay in the task that happened to hit the limit.
    """


class DaemonCut(BaseException):
    """Ends the emulation of a daemon thread that goes on for longer than anybody will look."""


class Unavailable(OSError):
    """The block wants something that a recording cannot give: the network, another process, a real thread."""

    __module__ = "builtins"  # so that tracebacks call it by its name alone


#: What a limit says, by its name in the request; `{limit}` is its value.
WORDS = {
    "seconds": "still running after {limit} s of real time",
    "turns": "the loop made {limit} turns without any time passing",
    "outputBytes": "printed more than {limit} bytes",
    "events": "did more than a recording holds ({limit} events)",
    "virtualSeconds": "ran for {limit} s on the virtual clock and had not ended",
    "recursion": "recursion went deeper than a recording allows",
    "deadlock": "every task waits and nothing can wake one",
    "server": "a server waits, and nobody is left to connect",
    "idle": "the loop would wait for ever: nothing is left to do",
    "thread": "a thread would wait for ever",
}

DEFAULTS = {"seconds": 5, "turns": 200_000, "outputBytes": 65_536, "events": 200_000, "virtualSeconds": 86_400}


def words(what: str, limits: dict) -> str:
    """The sentence for limit `what`, with its number."""
    return WORDS[what].format(limit=limits.get(what))
