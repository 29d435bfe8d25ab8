import asyncio


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    for answer in asyncio.as_completed([fetch("slow", 3), fetch("quick", 1), fetch("middling", 2)]):
        print(await answer)
    tasks = [asyncio.create_task(fetch(n, n)) for n in (1, 2, 3)]
    done, pending = await asyncio.wait(tasks, timeout=2.5)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))


asyncio.run(main())
