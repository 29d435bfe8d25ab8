"""`aiofiles.os` and `aiofiles.ospath`: functions of `os`, each as a job of the executor."""
import os
from types import SimpleNamespace

from . import wire
from .aiofiles import _SEEK, in_executor
from .missing import module_getattr

__getattr__ = module_getattr("aiofiles.os")


async def _call(*arguments, loop=None, executor=None, **options):
    def call():
        wire.host.hold(_SEEK)
        return FUNCTION(*arguments, **options)  # noqa: F821

    call.__name__ = FUNCTION.__name__  # noqa: F821
    return await in_executor(call, executor)


def _wrapped(function):
    code = _call.__code__.replace(co_name=function.__name__, co_qualname=function.__name__)
    made = type(_call)(code, {**globals(), "FUNCTION": function}, function.__name__)
    made.__kwdefaults__ = _call.__kwdefaults__
    return made


_NAMES = "stat rename replace remove unlink mkdir makedirs rmdir removedirs listdir scandir access getcwd readlink link symlink"
_PATHS = "exists isfile isdir islink getsize getmtime getatime getctime abspath"
globals().update({name: _wrapped(getattr(os, name)) for name in _NAMES.split() if hasattr(os, name)})
path = SimpleNamespace(**{name: _wrapped(getattr(os.path, name)) for name in _PATHS.split()})
globals().update(vars(path))
