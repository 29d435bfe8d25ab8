"""What a program asks of a simulated package that the simulation does not have."""

#: What a simulated package is, in words; `{}` is its name.
ABOUT = "`{}` is Loopreel's simulation here"


class NotSimulated(AttributeError):
    """Something of a package that its simulation lacks. An AttributeError, so that `hasattr` tells the truth."""

    __module__ = "builtins"


class Refused(OSError):
    """Something of a package that its simulation lacks, where no AttributeError can arrive: a module, an argument."""

    __module__ = "builtins"


def refusal(package: str, what: str) -> str:
    return f"`{what}` is not there: {ABOUT.format(package)}, without it"


def module_getattr(package: str):
    """A module's `__getattr__`."""

    def __getattr__(name: str):
        if name.startswith("_"):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        raise NotSimulated(refusal(package, f"{package}.{name}"))

    return __getattr__


class Simulated:
    """Base of the simulated classes; `_package` is where they pretend to come from."""

    _package = ""

    def __getattr__(self, name: str):
        kind = type(self).__name__
        if name.startswith("_"):
            raise AttributeError(f"{kind!r} object has no attribute {name!r}")
        raise NotSimulated(refusal(self._package, f"{kind}.{name}"))


def only(package: str, call: str, options: dict, harmless: str) -> None:
    """Refuses arguments that the simulation would silently drop. `harmless` are those that change nothing here."""
    for name, value in options.items():
        if value is not None and name not in harmless.split():
            raise Refused(refusal(package, f"{name}= of {call}"))


def shown_as(package: str, names: dict) -> None:
    """Lets the classes of a module say that they come from `package`, as its own do."""
    source = names["__name__"]
    for value in names.values():
        if isinstance(value, type) and value.__module__ == source:
            value.__module__ = package
