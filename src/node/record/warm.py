"""Run once, before the snapshot is taken: what lessons often import is read and compiled here, not in every block.

Everything else of the library can be imported too; it is only slower.
"""

import asyncio
import gc
import importlib
import sys
import time

from pyodide import webloop

# Pyodide's own versions hand over to the page's loop (webloop._initialize_event_loop).
asyncio.run = webloop._orig_run
time.sleep = webloop._orig_sleep

# Each name costs every start from nothing what it saves the blocks that import it, 10 to 100 ms: argparse, statistics
# and their like are wanted by so few that these can pay for themselves.
LIBRARY = """
    abc array ast asyncio base64 bisect codecs collections collections.abc concurrent.futures concurrent.futures.thread
    contextlib contextvars copy dataclasses datetime decimal enum functools gc glob hashlib heapq hmac inspect io
    itertools json keyword linecache locale logging math numbers operator os os.path pathlib pickle platform queue random
    re secrets select selectors shlex shutil signal socket stat string struct subprocess sys tempfile textwrap threading
    time timeit tokenize traceback types typing urllib.error urllib.parse urllib.request uuid warnings weakref zlib
"""

for name in LIBRARY.split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
importlib.import_module("loopreel_recorder")
for name in sorted(set(importlib.import_module("loopreel_outside").MODULES.values())):
    importlib.import_module("loopreel_outside." + name)

# What is here stays for good: the collector need not look at it in every block.
gc.collect()
gc.freeze()
