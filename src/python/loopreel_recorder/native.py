"""`python -m loopreel_recorder.native < REQUEST.json`: records one block in this very process, for a host.

The answer goes to standard output, and then the process ends, whatever threads or processes the block has left. The
limit of real time strikes through `signal.setitimer`; a host kills a process that does not listen.
"""
import os
import signal
import sys

#: How often the deadline strikes again, in seconds, for code that swallows the first interrupt.
_AGAIN = 0.5


def main() -> None:
    import resource

    from . import record_block

    text = sys.stdin.read()
    # The block finds the path that its author has set, without the recorder's.
    path = os.environ.pop("PYTHONPATH", "").partition(os.pathsep)[2]
    if path:
        os.environ["PYTHONPATH"] = path
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result = record_with_deadline(record_block, text)
    with open(answer, "w", encoding="utf-8") as out:
        out.write(result + "\n")
    os._exit(0)


def record_with_deadline(record_block, text: str) -> str:
    """Gives `record_block(text)`, interrupted once its limit of real seconds is over."""
    import json

    seconds = json.loads(text).get("limits", {}).get("seconds", 5)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        return record_block(text)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
