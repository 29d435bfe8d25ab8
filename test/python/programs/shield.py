import asyncio


async def save():
    await asyncio.sleep(2)
    print("saved")


async def main():
    saving = asyncio.create_task(save())
    try:
        await asyncio.wait_for(asyncio.shield(saving), 1)
    except TimeoutError:
        print("late, but not cancelled")
    await saving


asyncio.run(main())
