"""The folder that a block works in: its own, empty at first, gone afterwards.

In the sandbox all files are in memory and put back by the host. Natively only relative names stay inside: code that
names a path of the machine reads and writes there, which is why strangers' notes are not run natively.
"""
import os
import sys
import tempfile
#: Whether files are none of the machine's.
IN_MEMORY = sys.platform == "emscripten"


def own_folder():
    """Enters a new folder natively; gives what removes it, once the old one has been entered again."""
    if IN_MEMORY:
        return lambda: None
    folder = tempfile.TemporaryDirectory(prefix="loopreel-")
    os.chdir(folder.name)
    return folder.cleanup
