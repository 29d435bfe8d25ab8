"""Headers that no client sends, since who chose their text could write more of the request with it."""
import re

#: requests 2.32, `_internal_utils`.
_REQUESTS = {"name": re.compile(r"[^:\s][^:\r\n]*"), "value": re.compile(r"\S[^\r\n]*|")}
#: h11 0.14, `_abnf.field_name` and `field_value`.
_H11 = {"name": re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+"),
        "value": re.compile(rb"(?:[^\x00\s]+(?:[ \t]+[^\x00\s]+)*)?")}


def refused_by_requests(header: tuple) -> str | None:
    """What `requests.utils.check_header_validity` says of a name and its value; None if it lets them pass."""
    for kind, part in zip(("name", "value"), header):
        if not isinstance(part, (str, bytes)):
            return f"Header part ({part!r}) from {header!r} must be of type str or bytes, not {type(part)}"
        text = part if isinstance(part, str) else part.decode("latin-1")
        if not _REQUESTS[kind].fullmatch(text):
            return (f"Invalid leading whitespace, reserved character(s), or return character(s) in header {kind}: "
                    f"{part!r}")
    return None


def refused_by_h11(headers) -> str | None:
    """What h11, and so httpx, says of the first header that it does not send; None if it sends them all."""
    for header in headers:
        for kind, part in zip(("name", "value"), header):
            sent = part.encode("latin-1", "replace")
            if not _H11[kind].fullmatch(sent):
                return f"Illegal header {kind} {sent!r}"
    return None


def refused_by_aiohttp(headers) -> str | None:
    """What aiohttp's `http_writer._safe_header` says (3.9 to 3.12)."""
    if any(sign in part for header in headers for part in header for sign in "\r\n"):
        return "Newline or carriage return detected in headers. Potential header injection attack."
    return None
