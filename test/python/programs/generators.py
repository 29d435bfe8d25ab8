import asyncio
from contextlib import asynccontextmanager


async def numbers():
    try:
        for n in range(3):
            await asyncio.sleep(0.1)
            yield n
    finally:
        print("closed")


@asynccontextmanager
async def door():
    print("open")
    await asyncio.sleep(0.2)
    try:
        yield "room"
    finally:
        await asyncio.sleep(0.3)
        print("shut")


class Ticket:
    def __await__(self):
        yield from asyncio.sleep(0.5).__await__()
        return "ticket"


async def main():
    async for n in numbers():
        print(n)
        if n == 1:
            break
    async with door() as room:
        print(room, await Ticket())
    print([n async for n in numbers()])


asyncio.run(main())
