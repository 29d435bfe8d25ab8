import asyncio
import time


async def ticker():
    for n in range(3):
        print(f"tick {n}")
        await asyncio.sleep(1)


async def rude():
    await asyncio.sleep(0.5)
    print("holding the thread")
    time.sleep(2)
    print("letting go")


async def main():
    started = time.perf_counter()
    await asyncio.gather(ticker(), rude())
    print(f"{time.perf_counter() - started:.1f} s")


asyncio.run(main())
