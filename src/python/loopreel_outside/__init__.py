"""The world outside of a block, simulated: the packages that lessons fetch pages and open files with.

`aiohttp`, `aiofiles`, `requests` and `httpx` can be imported while a block runs, and `urllib.request` and `http.client`
find a network. What comes back is decided by `answers.py`, how long it takes by the recorder's virtual clock, which is
`wire.host`. Nothing of it ever leaves the process.
"""
import importlib
import importlib.machinery
import sys

from .library import library_patches
from .missing import ABOUT, Refused

#: Names that can be imported, and the modules of this package that stand behind them.
MODULES = {
    "aiohttp": "aiohttp",
    "aiohttp.client": "aiohttp",
    "aiohttp.client_exceptions": "aiohttp_errors",
    "aiofiles": "aiofiles",
    "aiofiles.os": "aiofiles_os",
    "aiofiles.ospath": "aiofiles_os",
    "requests": "requests",
    "requests.adapters": "requests",
    "requests.auth": "requests",
    "requests.exceptions": "requests_errors",
    "requests.sessions": "requests",
    "httpx": "httpx",
    "yarl": "urls",
}

#: The packages that are simulated.
PACKAGES = frozenset(name for name in MODULES if "." not in name)

__all__ = ["MODULES", "PACKAGES", "Finder", "library_patches"]


class Finder:
    """An import finder for the simulated packages; stands before all others while a block runs."""

    @staticmethod
    def find_spec(name, _path=None, _target=None):
        if name.partition(".")[0] not in PACKAGES:
            return None
        if name not in MODULES:
            package, _, rest = name.partition(".")
            raise Refused(f"`{name}` is not there: {ABOUT.format(package)}, without `{rest}`")
        spec = importlib.machinery.ModuleSpec(name, Finder, is_package=True)
        spec.submodule_search_locations = []
        return spec

    @staticmethod
    def create_module(spec):
        return type(sys)(spec.name)

    @staticmethod
    def exec_module(module):
        source = importlib.import_module(f"{__name__}.{MODULES[module.__name__]}")
        vars(module).update({key: value for key, value in vars(source).items()
                             if not (key.startswith("__") and key != "__getattr__")})
        module.__doc__ = source.__doc__
