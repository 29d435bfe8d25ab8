import asyncio


async def waiter(event, condition, name):
    await event.wait()
    print(f"{name} saw the event")
    async with condition:
        await condition.wait()
        print(f"{name} was notified")


async def main():
    event, condition = asyncio.Event(), asyncio.Condition()
    tasks = [asyncio.create_task(waiter(event, condition, name)) for name in "AB"]
    await asyncio.sleep(1)
    event.set()
    event.clear()
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


asyncio.run(main())
