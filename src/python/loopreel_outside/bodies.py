"""What the arguments of a request mean, in all clients alike."""
import base64
import json as json_module
from urllib.parse import urlencode

from .headers import Headers
from .urls import pairs


def body_of(data, json, headers: Headers, dumps=json_module.dumps) -> bytes:
    """The bytes of `data=` (text, bytes, mapping, pairs, a file) or `json=`; sets the type that belongs to them."""
    if json is not None:
        headers.setdefault("Content-Type", "application/json")
        text = dumps(json)
        return text if isinstance(text, bytes) else text.encode()
    if data is None:
        return b""
    if hasattr(data, "read"):
        data = data.read()
    if isinstance(data, (bytes, bytearray)):
        headers.setdefault("Content-Type", "application/octet-stream")
        return bytes(data)
    if isinstance(data, str):
        headers.setdefault("Content-Type", "text/plain; charset=utf-8")
        return data.encode()
    headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    return urlencode(pairs(data)).encode()


def basic(user: str, password: str) -> str:
    """The value of an `Authorization` header."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Jar(dict):
    """Cookies by name; one jar for all hosts."""

    def learn(self, headers: Headers) -> None:
        for line in headers.getall("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self[name.strip()] = value.strip()

    def header(self, more=None) -> str:
        return "; ".join(f"{name}={value}" for name, value in {**self, **dict(more or {})}.items())
