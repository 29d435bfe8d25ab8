import asyncio


async def producer(queue):
    for n in range(3):
        await asyncio.sleep(1)
        await queue.put(n)
        print(f"put {n}")
    await queue.put(None)


async def consumer(queue):
    while (item := await queue.get()) is not None:
        print(f"got {item}")
        await asyncio.sleep(1.5)


async def main():
    queue = asyncio.Queue(maxsize=1)
    await asyncio.gather(producer(queue), consumer(queue))


asyncio.run(main())
