"""The loop's network: CPython's own selector loop over the sockets of `sockets.py`."""
import asyncio
import socket as real
import types
from asyncio import base_events, selector_events, tasks

AF_UNIX = getattr(real, "AF_UNIX", 1)
#: What Pyodide's `socket` lacks, with Linux's values.
_LINUX = {"AF_UNIX": AF_UNIX, "SO_REUSEADDR": 2, "SO_REUSEPORT": 15}


class LoopStreams(selector_events.BaseSelectorEventLoop):
    """`_network` is the session's, and `_session` tells of handles that the selector makes ready."""

    def __init__(self, selector_name: str) -> None:
        super().__init__(self._network.selector(selector_name))

    def _make_self_pipe(self):
        pass

    def _close_self_pipe(self):
        pass

    def _add_callback(self, handle):
        """A socket is ready: its reader or writer, one handle for as long as it is registered, is queued once more."""
        if not handle._cancelled:
            try:
                self._session.enqueued(handle, "callback")
            except Exception as error:
                self._session.recorder.fault(error)
            self._ready.append(handle)

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        return self._network.resolve(host, port, family, type, proto)

    async def getnameinfo(self, sockaddr, flags=0):
        return sockaddr[0], str(sockaddr[1])

    def _make_ssl_transport(self, rawsock, protocol, sslcontext, waiter=None, *, extra=None, server=None, **_tls):
        """Nobody listens in here: what is encrypted elsewhere travels as it is."""
        return self._make_socket_transport(rawsock, protocol, waiter, extra=extra, server=server)

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, **_tls):
        sock = self._network.socket(AF_UNIX)
        await self.sock_connect(sock, str(path))
        return await self._create_connection_transport(sock, protocol_factory, ssl, None)

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 start_serving=True, **_more):
        sock = self._network.socket(AF_UNIX)
        sock.bind(str(path))
        server = base_events.Server(self, [sock], protocol_factory, ssl, backlog, None, None)
        if start_serving:
            server._start_serving()
            await tasks.sleep(0)
        return server


def patches(network, handle_class) -> list:
    """What asyncio's modules see as `socket`, and as the handle of a reader or writer, while a block runs."""
    lacking = {name: value for name, value in _LINUX.items() if not hasattr(real, name)}
    sockets = types.ModuleType("socket")
    vars(sockets).update(vars(real), **lacking, socket=network.socket)

    class Handle(handle_class):
        """Of a reader or writer: it is not queued when it is made."""

        __slots__ = ()

        def __init__(self, *arguments):
            super().__init__(*arguments)
            self.owner, self.state = None, "watching"

    Handle.__module__, Handle.__qualname__ = handle_class.__module__, handle_class.__qualname__
    handles = types.ModuleType("asyncio.events")
    vars(handles).update(vars(selector_events.events), Handle=Handle)
    found = [(base_events, "socket", sockets), (selector_events, "socket", sockets),
             (selector_events, "events", handles), *((real, name, value) for name, value in lacking.items())]
    if not hasattr(asyncio, "start_unix_server"):
        found += [(owner, function.__name__, function) for owner in (asyncio, asyncio.streams)
                  for function in (open_unix_connection, start_unix_server)]
    return found


async def open_unix_connection(path=None, *, limit=2**16, **more):
    """asyncio.open_unix_connection(), where Python was built without sockets of that kind."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=limit, loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_unix_connection(lambda: protocol, path, **more)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


async def start_unix_server(client_connected_cb, path=None, *, limit=2**16, **more):
    """asyncio.start_unix_server(), likewise."""
    loop = asyncio.get_running_loop()

    def factory():
        return asyncio.StreamReaderProtocol(asyncio.StreamReader(limit=limit, loop=loop), client_connected_cb, loop=loop)

    return await loop.create_unix_server(factory, path, **more)


#: Library functions in which a task waits for a connection, and what of their frame knows the connection.
_WAITS = {
    "StreamReader._wait_for_data": lambda names: names["self"]._transport,
    "FlowControlMixin._drain_helper": lambda names: getattr(names["self"], "_transport", None),
    "StreamWriter.wait_closed": lambda names: names["self"]._transport,
    "BaseSelectorEventLoop.sock_connect": lambda names: names["sock"],
}


def connection_of(leaf) -> int | None:
    """The connection that a suspended frame of the library waits for; None when it waits for something else."""
    find = _WAITS.get(leaf.f_code.co_qualname)
    found = find(leaf.f_locals) if find is not None else None
    if hasattr(found, "get_extra_info"):
        found = getattr(found.get_extra_info("socket"), "_sock", None)
    return getattr(found, "connection", None)
