import asyncio


async def sleeper(n):
    await asyncio.sleep(1)
    print(n, end=" ")


async def main():
    await asyncio.gather(*(sleeper(n) for n in range(20)))
    tasks = {asyncio.create_task(sleeper(n)) for n in range(20)}
    done, _ = await asyncio.wait(tasks)
    print([task.get_name() for task in done])
    async with asyncio.TaskGroup() as group:
        for n in range(5):
            group.create_task(sleeper(n))
    loop = asyncio.get_running_loop()
    for n in range(5):
        loop.call_later(0.1, print, "callback", n)
    await asyncio.sleep(0.1)


asyncio.run(main())
