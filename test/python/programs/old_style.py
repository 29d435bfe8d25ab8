import asyncio


async def work(name):
    print(name, "begins")
    await asyncio.sleep(1)
    print(name, "ends")
    return name


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(asyncio.gather(work("a"), work("b"))))
loop.call_later(1, loop.stop)
loop.run_forever()
print(loop.is_running(), loop.is_closed())
loop.close()
try:
    asyncio.run(asyncio.sleep(1, asyncio.run))
except RuntimeError as error:
    print(error)
with asyncio.Runner() as runner:
    print(runner.run(work("c")), runner.run(work("d")))
