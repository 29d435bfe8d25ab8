import asyncio


async def good(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{name} done")
    except asyncio.CancelledError:
        print(f"{name} cancelled")
        raise


async def bad():
    await asyncio.sleep(1)
    raise ValueError("spoiled")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(good("short", 0.5))
            group.create_task(bad())
            group.create_task(good("long", 5))
    except* ValueError as errors:
        print(errors.exceptions)


asyncio.run(main())
