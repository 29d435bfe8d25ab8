import asyncio


async def fails():
    await asyncio.sleep(1)
    raise ValueError("no luck")


async def main():
    try:
        await fails()
    except ValueError as error:
        print(f"caught {error}")
    results = await asyncio.gather(fails(), asyncio.sleep(2, "fine"), return_exceptions=True)
    print(results)
    await asyncio.gather(fails(), asyncio.sleep(2))


asyncio.run(main())
