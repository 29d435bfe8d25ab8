"""Runs CPython's own asyncio tests on a chosen loop: `python suite.py stock|recording` prints their outcomes as JSON,
`{test: ok, failed or skipped}`, and on standard error why those failed. `TEST_ASYNCIO` names the folder that holds
`test/test_asyncio` when this Python lacks it.
"""
import asyncio
import asyncio.selector_events
import gc
import importlib
import json
import os
import pathlib
import signal
import sys
import threading
import time
import unittest

#: What tests tasks, locks and the loop's own promises. The other modules are about selectors, sockets, pipes, signals,
#: processes, TLS and Windows, which name the stock loop's class and its parts, or about real threads.
MODULES = """
    test_base_events test_context test_eager_task_factory test_events.AbstractEventLoopTests test_events.HandleTests
    test_events.TimerTests test_events.PolicyTests test_futures test_futures2 test_graph test_locks
    test_pep492 test_protocols test_queues test_runners test_staggered test_streams test_taskgroups test_tasks
    test_threads test_timeouts test_tools test_transports test_waitfor
""".split()
if sys.platform == "emscripten":
    # Its jobs need a thread even to end.
    MODULES.remove("test_threads")
#: A test that takes longer waits for something that will not come, and one that is expected to fail surely does.
SECONDS = 60
SECONDS_TO_FAIL = 3
EXPECTED = {name: reason for reason, names in json.loads((pathlib.Path(__file__).parent / "suite_expected.json")
                                                         .read_text()).items() for name in names}

if folder := os.environ.get("TEST_ASYNCIO"):
    import test

    test.__path__.insert(0, os.path.join(folder, "test"))


class Outcomes(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcomes = {}
        self.deadline = None

    def startTest(self, test):
        super().startTest(test)
        if sys.platform != "emscripten":
            # Many tests collect garbage a hundred times: what earlier tests left need not be looked at.
            gc.freeze()
        self.limit(SECONDS_TO_FAIL if _name(test) in EXPECTED else SECONDS)

    def stopTest(self, test):
        self.limit(None)
        super().stopTest(test)

    def limit(self, seconds):
        self.deadline = seconds and time.monotonic() + seconds

    def _note(self, test, outcome):
        self.outcomes[_name(test)] = outcome

    def addSuccess(self, test):
        self._note(test, "ok")

    def addSkip(self, test, reason):
        self._note(test, "skipped")

    def addExpectedFailure(self, test, error):
        self._note(test, "ok")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._note(test, "failed")

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._note(test, "failed")

    def addUnexpectedSuccess(self, test):
        self._note(test, "failed")


def _name(test) -> str:
    return test.id().removeprefix("test.test_asyncio.")


class Hangs(Exception):
    """Not a KeyboardInterrupt, which would end the whole run."""


def interrupt(*_):
    raise Hangs("it takes too long")


def watch(result: Outcomes) -> None:
    """Interrupts tests that hang; the tests use the alarm themselves."""
    def look():
        while True:
            time.sleep(0.2)
            if result.deadline is not None and time.monotonic() > result.deadline:
                result.deadline += 1
                signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR2)

    signal.signal(signal.SIGUSR2, interrupt)
    threading.Thread(target=look, daemon=True).start()


def record_instead() -> None:
    """Makes the recording loop the one that asyncio starts by itself."""
    import asyncio.unix_events as unix

    import recording  # noqa: F401, which leads to the recorder
    from loopreel_recorder.recording_loop import RecordingLoop

    for name in ("_UnixDefaultEventLoopPolicy", "_DefaultEventLoopPolicy"):
        if (policy := getattr(unix, name, None)) is not None:
            policy._loop_factory = RecordingLoop
    asyncio.SelectorEventLoop = RecordingLoop
    if hasattr(asyncio, "EventLoop"):
        asyncio.EventLoop = unix.EventLoop = RecordingLoop


def start_without_pipe() -> None:
    """Lets the stock loop do without the pair of sockets through which threads wake it: Pyodide has none, and no
    threads."""
    for name in ("_make_self_pipe", "_close_self_pipe", "_write_to_self"):
        setattr(asyncio.selector_events.BaseSelectorEventLoop, name, lambda self: None)


def load(modules: list[str]) -> unittest.TestSuite:
    """The tests of these modules that this Python has."""
    suite = unittest.TestSuite()
    for name in modules:
        module, _, wanted = name.partition(".")
        try:
            found = importlib.import_module(f"test.test_asyncio.{module}")
        except ModuleNotFoundError as error:
            if error.name != f"test.test_asyncio.{module}":
                raise
            continue
        except unittest.SkipTest:  # there are no threads or sockets here
            continue
        if not wanted:
            suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(found))
        elif hasattr(found, wanted):
            suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(getattr(found, wanted)))
    return suite


def run(loop: str, result: Outcomes, modules: list[str]) -> dict[str, str]:
    if loop == "recording":
        record_instead()
    if sys.platform == "emscripten":
        start_without_pipe()
    tests = load(modules)
    # Freezing what each test leaves fills Pyodide's memory.
    gc.collect()
    gc.freeze()
    tests.run(result)
    for test, why in result.failures + result.errors:
        print("=" * 70, test.id(), why, sep="\n", file=sys.stderr)
    return result.outcomes


if __name__ == "__main__":
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    outcomes = Outcomes()
    watch(outcomes)
    out.write(json.dumps(run(sys.argv[1], outcomes, MODULES)))
    out.flush()
    os._exit(0)
