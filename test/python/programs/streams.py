import asyncio


async def shout(reader, writer):
    print("a guest in", asyncio.current_task().get_name())
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    print("the guest is gone")
    writer.close()
    await writer.wait_closed()


async def guest(name, port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print(name, writer.get_extra_info("peername")[0])
    for word in ("one", "two"):
        writer.write(f"{name} {word}\n".encode())
        print(name, await reader.readline())
        await asyncio.sleep(1)
    writer.write_eof()
    print(name, await reader.read(), reader.at_eof())
    writer.close()


async def pour(reader, writer):
    for n in range(60):
        writer.write(b"water" * 20_000)
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await asyncio.gather(guest("Ann", port), guest("Ben", port))
    print("serving:", server.is_serving())
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno)
    well = await asyncio.start_server(pour, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", well.sockets[0].getsockname()[1])
    await asyncio.sleep(1)
    print(await reader.readexactly(5), len(await reader.read()))
    try:
        await reader.readuntil(b"!")
    except asyncio.IncompleteReadError as error:
        print(error)
    writer.close()
    well.close()


asyncio.run(main())
