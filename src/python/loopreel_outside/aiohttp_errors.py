"""`aiohttp.client_exceptions`: the same tree, the same sentences."""
from asyncio import TimeoutError

from .missing import module_getattr, shown_as

__getattr__ = module_getattr("aiohttp")


class ClientError(Exception):
    pass


class ClientResponseError(ClientError):
    def __init__(self, request_info, history, *, code=None, status=None, message="", headers=None) -> None:
        self.request_info, self.history = request_info, history
        self.status = status if status is not None else code or 0
        self.message, self.headers = message, headers
        self.args = (request_info, history)

    def __str__(self) -> str:
        return f"{self.status}, message={self.message!r}, url={str(self.request_info.real_url)!r}"

    def __repr__(self) -> str:
        args = f"{self.request_info!r}, {self.history!r}"
        if self.status != 0:
            args += f", status={self.status!r}"
        if self.message != "":
            args += f", message={self.message!r}"
        if self.headers is not None:
            args += f", headers={self.headers!r}"
        return f"{type(self).__name__}({args})"

    @property
    def code(self) -> int:
        return self.status


class ContentTypeError(ClientResponseError):
    pass


class WSServerHandshakeError(ClientResponseError):
    pass


class ClientHttpProxyError(ClientResponseError):
    pass


class TooManyRedirects(ClientResponseError):
    pass


class ClientConnectionError(ClientError):
    pass


class ClientConnectionResetError(ClientConnectionError, ConnectionResetError):
    pass


class ClientOSError(ClientConnectionError, OSError):
    pass


class ClientConnectorError(ClientOSError):
    def __init__(self, connection_key, os_error) -> None:
        self._key, self._os_error = connection_key, os_error
        super().__init__(os_error.errno, os_error.strerror)
        self.args = (connection_key, os_error)

    @property
    def os_error(self):
        return self._os_error

    @property
    def host(self) -> str:
        return self._key.host

    @property
    def port(self):
        return self._key.port

    @property
    def ssl(self):
        return self._key.ssl

    def __str__(self) -> str:
        ssl = "default" if self.ssl is True else self.ssl
        return f"Cannot connect to host {self.host}:{self.port} ssl:{ssl} [{self.strerror}]"


class ClientConnectorDNSError(ClientConnectorError):
    pass


class ClientProxyConnectionError(ClientConnectorError):
    pass


class ClientSSLError(ClientConnectorError):
    pass


class ClientConnectorSSLError(ClientSSLError):
    pass


class ClientConnectorCertificateError(ClientSSLError):
    pass


class ServerConnectionError(ClientConnectionError):
    pass


class ServerDisconnectedError(ServerConnectionError):
    def __init__(self, message=None) -> None:
        if message is None:
            message = "Server disconnected"
        self.args = (message,)
        self.message = message


class ServerTimeoutError(ServerConnectionError, TimeoutError):
    pass


class ConnectionTimeoutError(ServerTimeoutError):
    pass


class SocketTimeoutError(ServerTimeoutError):
    pass


class ServerFingerprintMismatch(ServerConnectionError):
    pass


class ClientPayloadError(ClientError):
    pass


class InvalidURL(ClientError, ValueError):
    def __init__(self, url, description=None) -> None:
        self._url, self._description = url, description
        super().__init__(*((url, description) if description else (url,)))

    @property
    def url(self):
        return self._url

    @property
    def description(self):
        return self._description

    def __str__(self) -> str:
        return f"{self._url} - {self._description}" if self._description else str(self._url)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class InvalidUrlClientError(InvalidURL):
    pass


class NonHttpUrlClientError(InvalidUrlClientError):
    pass


class RedirectClientError(ClientError):
    pass


shown_as("aiohttp.client_exceptions", globals())
#: What `aiohttp` itself has of these.
NAMES = sorted(name for name, value in globals().items() if isinstance(value, type) and issubclass(value, ClientError))
