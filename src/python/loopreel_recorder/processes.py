"""What a process of its own changes: nothing that another sees."""
import copy
import os
import pickle

_CONTAINERS = (list, dict, set, bytearray)


def copied(value):
    """What reaches another process: a copy by way of `pickle`, whose errors are the program's."""
    return pickle.loads(pickle.dumps(value))


class Memory:
    """The globals of `__main__` in one process: those of its parent when it began, then its own. Containers are copied
    as a fork does; other objects are not. `number` is its process id."""

    def __init__(self, module, number: int) -> None:
        self._globals, self._number = vars(module), number
        self._own = {name: copy.deepcopy(value) if type(value) in _CONTAINERS else value
                     for name, value in self._globals.items()}

    def __enter__(self) -> None:
        self._parents, self._getpid = dict(self._globals), os.getpid
        self._become(self._own)
        os.getpid = lambda: self._number

    def __exit__(self, *_error) -> None:
        self._own = dict(self._globals)
        self._become(self._parents)
        os.getpid = self._getpid

    def _become(self, values: dict) -> None:
        for name in self._globals.keys() - values.keys():
            del self._globals[name]
        self._globals.update(values)
