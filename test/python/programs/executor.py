import asyncio
import time


def read(name, seconds):
    print(f"reading {name}")
    time.sleep(seconds)
    print(f"{name} is read")
    return name


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, read, "first", 2))
    print(await asyncio.gather(asyncio.to_thread(read, "a", 1), asyncio.to_thread(read, "b", 2)))


asyncio.run(main())
