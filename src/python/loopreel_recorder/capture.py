"""What C code and other processes write to the block's standard streams is its output too."""
import os
import sys
import tempfile


class Capture:
    """Descriptors 1 and 2 as files, from which the console takes what has been written since it last looked."""

    def __init__(self, console) -> None:
        self.console = console
        self._saved = {number: os.dup(number) for number in (1, 2)}
        self._files = {"stdout": tempfile.TemporaryFile(), "stderr": tempfile.TemporaryFile()}
        self._taken = {"stdout": 0, "stderr": 0}
        self._open = True
        for number, file in zip((1, 2), self._files.values()):
            os.dup2(file.fileno(), number)
        os.register_at_fork(after_in_child=self._in_child)

    def take(self) -> None:
        """Hands over what is new, in the order in which the streams are looked at."""
        for stream, file in self._files.items():
            size = os.fstat(file.fileno()).st_size
            if (new := size - self._taken[stream]) > 0:
                data = os.pread(file.fileno(), new, self._taken[stream])
                self._taken[stream] = size
                self.console.write(stream, data.decode("utf-8", "replace"))

    def close(self) -> None:
        self.take()
        self._open = False
        self.console.capture = None
        for number, copy in self._saved.items():
            os.dup2(copy, number)
            os.close(copy)
        for file in self._files.values():
            file.close()

    def _in_child(self) -> None:
        """A copy of this process has no recording: it writes to the descriptors."""
        if self._open:
            self.console.recorder.frozen = True
            sys.stdout, sys.stderr = (open(number, "w", buffering=1, encoding="utf-8", closefd=False)
                                      for number in (1, 2))
