import asyncio


async def wash(item, seconds):
    print(f"washing {item}")
    await asyncio.sleep(seconds)
    print(f"{item} is clean")
    return item


async def main():
    first = asyncio.create_task(wash("shirt", 2))
    second = asyncio.create_task(wash("socks", 1))
    print("machines are on")
    print(await first)
    print(await second)


asyncio.run(main())
