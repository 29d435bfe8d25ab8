import asyncio


async def ride(seats, name):
    async with seats:
        print(f"{name} sits down")
        await asyncio.sleep(1)
        print(f"{name} gets up")


async def main():
    seats = asyncio.Semaphore(2)
    await asyncio.gather(*(ride(seats, name) for name in "ABCDE"))


asyncio.run(main())
