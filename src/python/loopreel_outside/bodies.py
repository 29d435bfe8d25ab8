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
    if isinstance(data, FormData):
        data = data.fields
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


class FormData:
    """The fields of a form, in their order."""

    def __init__(self, fields=()) -> None:
        self.fields = list(fields.items() if hasattr(fields, "items") else fields)

    def add_field(self, name, value, **_description) -> None:
        self.fields.append((name, value.read() if hasattr(value, "read") else value))


def basic(user: str, password: str) -> str:
    """The value of an `Authorization` header."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Jar(dict):
    """Cookies by name; one jar for all hosts."""

    def learn(self, headers: Headers) -> None:
        for line in headers.getall("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self[name.strip()] = value.strip()

    def dress(self, headers: Headers, more=None) -> None:
        """Puts the cookies, and `more` for this request alone, into the headers of a request."""
        cookies = {**self, **dict(more or {})}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
