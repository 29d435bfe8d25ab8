import asyncio


async def visitor(lock, name):
    print(f"{name} knocks")
    async with lock:
        print(f"{name} is in")
        await asyncio.sleep(1)
    print(f"{name} is out")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(visitor(lock, "A"), visitor(lock, "B"), visitor(lock, "C"))


asyncio.run(main())
