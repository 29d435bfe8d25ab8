"""Run once, before the snapshot is taken: what a lesson may import is read and compiled here, not in every block."""

import importlib
import sys

sys.path.insert(0, "/recorder")

LIBRARY = """
    abc argparse array ast asyncio base64 bisect calendar cmath cmd code codecs collections collections.abc
    concurrent.futures concurrent.futures.thread contextlib contextvars copy csv dataclasses datetime decimal difflib dis
    email.message enum fractions fnmatch functools gc getpass glob graphlib gzip hashlib heapq hmac html html.parser
    http http.client http.server importlib.metadata inspect io ipaddress itertools json keyword linecache locale logging
    logging.handlers math mimetypes numbers operator os os.path pathlib pickle platform pprint queue random re sched
    secrets select selectors shelve shlex shutil signal socket socketserver sqlite3 stat statistics string struct
    subprocess sys tempfile textwrap threading time timeit tokenize traceback types typing unittest unittest.mock
    urllib.error urllib.parse urllib.request uuid warnings weakref xml.etree.ElementTree zipfile zlib zoneinfo
"""

for name in LIBRARY.split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
importlib.import_module("loopreel_recorder")
