import asyncio


class Mirror(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        print("mirror: made")

    def data_received(self, data):
        print("mirror:", data)
        self.transport.write(data[::-1])
        self.transport.close()

    def connection_lost(self, error):
        print("mirror: lost", error)


class Looker(asyncio.Protocol):
    def __init__(self, gone):
        self.gone = gone

    def connection_made(self, transport):
        transport.write(b"stressed")

    def data_received(self, data):
        print("looker:", data)

    def eof_received(self):
        print("looker: end")

    def connection_lost(self, error):
        print("looker: lost", error)
        self.gone.set_result(True)


class Answer(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        print("answer:", data, address[0])
        self.transport.sendto(b"pong", address)


class Ask(asyncio.DatagramProtocol):
    def __init__(self, gone):
        self.gone = gone

    def connection_made(self, transport):
        self.transport = transport
        transport.sendto(b"ping")

    def datagram_received(self, data, address):
        print("ask:", data)
        self.transport.close()

    def connection_lost(self, error):
        self.gone.set_result(error)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Mirror, "127.0.0.1", 0)
    gone = loop.create_future()
    await loop.create_connection(lambda: Looker(gone), *server.sockets[0].getsockname())
    print(await gone)
    server.close()
    await server.wait_closed()
    answers, _ = await loop.create_datagram_endpoint(Answer, local_addr=("127.0.0.1", 0))
    gone = loop.create_future()
    await loop.create_datagram_endpoint(lambda: Ask(gone), remote_addr=answers.get_extra_info("sockname"))
    print(await gone)
    answers.close()


asyncio.run(main())
