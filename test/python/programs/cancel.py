import asyncio


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("asked to stop:", error)
        await asyncio.sleep(1)
        print("tidied up")
        raise


async def main():
    task = asyncio.create_task(stubborn(), name="mule")
    ready = asyncio.create_task(asyncio.sleep(0))
    ready.cancel()
    await asyncio.sleep(1)
    task.cancel("enough")
    print("asked")
    try:
        await task
    except asyncio.CancelledError:
        print("it is gone", task.cancelled(), ready.cancelled())
    handle = asyncio.get_running_loop().call_later(1, print, "never")
    handle.cancel()
    soon = asyncio.get_running_loop().call_soon(print, "never")
    soon.cancel()
    await asyncio.sleep(2)


asyncio.run(main())
