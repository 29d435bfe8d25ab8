"""Records what a block of Python does, above all what its asyncio loop does, on a virtual clock.

`record_block` is the whole interface. Standard library only; the same code runs in CPython 3.11 to 3.14 and in Pyodide.
"""
from .record import record_block

__all__ = ["record_block"]
