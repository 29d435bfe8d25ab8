"""aiohttp's connectors, and what it says of things that were forgotten."""
import asyncio
import warnings

from . import wire
from .missing import Simulated, only
from .pool import ConnectionPool

#: Arguments that change nothing in a network without proxies, certificates and compression.
HARMLESS = """
    ssl verify_ssl fingerprint ssl_context server_hostname proxy proxy_auth proxy_headers compress chunked expect100
    read_until_eof trace_request_ctx read_bufsize auto_decompress max_line_size max_field_size trust_env version
    skip_auto_headers loop connector_owner requote_redirect_url middlewares
"""


class BaseConnector(Simulated):
    """Keeps connections open; at most `limit` at a time, `limit_per_host` of them to one host."""

    _package = "aiohttp"

    def __init__(self, *, limit=100, limit_per_host=0, force_close=False, **options) -> None:
        only("aiohttp", type(self).__name__, options, HARMLESS + """
            keepalive_timeout enable_cleanup_closed use_dns_cache ttl_dns_cache family resolver local_addr
            happy_eyeballs_delay interleave timeout_ceil_threshold socket_factory ssl_shutdown_timeout""")
        self._loop = options.get("loop") or asyncio.get_running_loop()
        self._pool = ConnectionPool(limit, limit_per_host, not force_close)
        self._closed = False

    @property
    def limit(self) -> int:
        return self._pool.limit

    @property
    def limit_per_host(self) -> int:
        return self._pool.per_host

    @property
    def closed(self) -> bool:
        return self._closed

    async def connect(self, slot, seconds) -> int:
        return await self._pool.acquire(slot, seconds)

    def close(self):
        self._closed = True
        self._pool.close()
        return _closed()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True) and any(self._pool.idle.values()):
            unclosed("connector", self, self._loop)


class TCPConnector(BaseConnector):
    pass


def unclosed(what: str, thing, loop) -> None:
    """What aiohttp says of things that were forgotten: a warning that is off by default, and a line in the log."""
    warnings.warn(f"Unclosed {what} {thing!r}", ResourceWarning, source=thing)
    if not _ending():
        loop.call_exception_handler({what.replace(" ", "_"): thing, "message": f"Unclosed {what}"})


def _ending() -> bool:
    return wire.host.__class__ is wire.Host


class _closed:
    """`await connector.close()` is allowed and does nothing more."""

    def __await__(self):
        return iter(())


BaseConnector.__module__ = TCPConnector.__module__ = "aiohttp.connector"
