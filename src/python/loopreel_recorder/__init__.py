"""Records what a block of Python does, above all what its asyncio loop does, on a virtual clock.

`record_block` is the whole interface; `remember_modules` saves time in a host that puts memory back between two calls.
Standard library only; the same code runs in CPython 3.11 to 3.14 and in Pyodide.
"""
from .record import record_block
from .restoring import remember_modules

__all__ = ["record_block", "remember_modules"]
