"""A loop in a thread of its own, one that `asyncio.run` makes in a thread, and the main thread that waits for both."""
import asyncio
import threading
import time


async def cook(dish, seconds, kitchen):
    async with kitchen:
        await asyncio.sleep(seconds)
        print(dish, "is ready")
    return dish


async def heartbeat():
    while True:
        print("beat")
        await asyncio.sleep(0.2)


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever, daemon=True)
thread.start()
stove = asyncio.Semaphore(1)
orders = [asyncio.run_coroutine_threadsafe(cook(dish, 0.1, stove), loop) for dish in ("soup", "rice")]
beats = asyncio.run_coroutine_threadsafe(heartbeat(), loop)
print([order.result() for order in orders])
time.sleep(0.3)
beats.cancel()
late = asyncio.run_coroutine_threadsafe(asyncio.sleep(5), loop)
try:
    late.result(timeout=0.1)
except TimeoutError:
    print("too late")
    late.cancel()
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()


async def main():
    await asyncio.gather(asyncio.to_thread(time.sleep, 0.1), asyncio.sleep(0.2))
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0.1))
    print("main ends")


other = threading.Thread(target=lambda: asyncio.run(main()))
other.start()
print("goes on")
other.join()
