import asyncio


async def brew(name, seconds):
    print(f"{name} starts")
    await asyncio.sleep(seconds)
    print(f"{name} is ready")
    return name


async def main():
    cups = await asyncio.gather(brew("tea", 2), brew("coffee", 1), brew("cocoa", 3))
    print(cups)


asyncio.run(main())
