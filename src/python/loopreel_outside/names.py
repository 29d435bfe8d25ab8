"""The simulated name service: which hosts there are, and their addresses."""
import re
import socket
from zlib import crc32

_TOP_LEVELS = frozenset("""
    com org net edu gov mil int info biz name pro app dev page cloud online site tech store shop blog news wiki xyz
    live life world today space email agency academy systems solutions tools works design media studio games art
""".split())
#: Endings that RFC 2606 and RFC 6761 reserve, but for `example.com` and its like, which exist.
_RESERVED = re.compile(r"(^|\.)(invalid|test|example|local|localdomain)$")
#: Hosts that say themselves that they do not exist.
_NOWHERE = re.compile(r"non-?exist|not-?exist|doesnt-?exist|no-?such|invalid|unknown-?(host|domain)")
_ADDRESS = re.compile(r"\d+(\.\d+){3}$|\[?[0-9a-f]*:[0-9a-f:]*\]?$")
#: Names and addresses of the computer that the block runs on.
HERE = frozenset(("localhost", "127.0.0.1", "0.0.0.0", "::1"))


def is_known(host: str) -> bool:
    """Whether a host exists: by its ending."""
    if host in HERE or _ADDRESS.match(host):
        return True
    if _RESERVED.search(host) or _NOWHERE.search(host):
        return False
    ending = host.rpartition(".")[2]
    return "." in host and (ending in _TOP_LEVELS or len(ending) == 2 and ending.isalpha())


def address_of(host: str) -> str:
    """The IPv4 address of a host, one of TEST-NET-3 (RFC 5737), always the same. Raises the error of an unknown
    name."""
    if not is_known(host):
        raise unknown_name()
    if host in HERE:
        return "0.0.0.0" if host == "0.0.0.0" else "127.0.0.1"
    return host if _ADDRESS.match(host) else f"203.0.113.{10 + crc32(host.encode()) % 240}"


def unknown_name() -> OSError:
    return socket.gaierror(-2, "Name or service not known")


def refused(text: str = "Connection refused") -> OSError:
    """Nobody listens there."""
    return ConnectionRefusedError(111, text)


def address_infos(host, port, family=0, kind=0, proto=0) -> list[tuple]:
    """What `socket.getaddrinfo` gives, in IPv4."""
    if family not in (0, socket.AF_INET):
        raise socket.gaierror(-9, "Address family for hostname not supported")
    address = address_of(host.decode() if isinstance(host, bytes) else host) if host else "0.0.0.0"
    if isinstance(port, str):
        port = {"http": 80, "https": 443}.get(port) or int(port)
    kinds = [(socket.SOCK_STREAM, 6), (socket.SOCK_DGRAM, 17)]
    return [(socket.AF_INET, one, number, "", (address, port or 0)) for one, number in kinds
            if kind in (0, one) and proto in (0, number)]
