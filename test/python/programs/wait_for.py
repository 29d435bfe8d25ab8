import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("slow was cancelled")
        raise


async def main():
    try:
        await asyncio.wait_for(slow(), timeout=2)
    except TimeoutError:
        print("gave up")
    try:
        async with asyncio.timeout(1):
            await asyncio.create_task(slow())
    except TimeoutError:
        print("gave up again")


asyncio.run(main())
