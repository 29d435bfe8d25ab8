"""CPython's own asyncio tests pass on the recording loop as on the stock one, but for those in `suite_expected.json`,
by name with the reason. Skipped where this Python comes without its tests; `TEST_ASYNCIO` may say where they are."""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import unittest

from suite import EXPECTED

HERE = pathlib.Path(__file__).resolve().parent


def has_tests() -> bool:
    if "TEST_ASYNCIO" in os.environ:
        return True
    try:
        return importlib.util.find_spec("test.test_asyncio") is not None
    except ModuleNotFoundError:
        return False


@unittest.skipUnless(has_tests(), "this Python comes without test.test_asyncio")
class Suite(unittest.TestCase):
    maxDiff = None

    def test_the_recording_loop_does_what_the_stock_loop_does(self):
        runs = {loop: subprocess.Popen([sys.executable, str(HERE / "suite.py"), loop], cwd=HERE, text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                for loop in ("stock", "recording")}
        stock, recorded = (json.loads(runs[loop].communicate(timeout=600)[0]) for loop in ("stock", "recording"))
        self.assertGreater(len(stock), 1000)
        self.assertEqual(set(stock), set(recorded))
        passes = {name for name, outcome in stock.items() if outcome != "failed"}
        failed = {name for name in passes if recorded[name] == "failed"}
        self.assertEqual(sorted(failed - EXPECTED.keys()), [], "failures that nobody expects")
        self.assertEqual(sorted((EXPECTED.keys() & passes) - failed), [], "these pass now: take them off the list")


if __name__ == "__main__":
    unittest.main()
