import { plain } from './plain.ts';

/**
 * Messages of exceptions that CPython 3.11 to 3.14 raises in lessons (`Lib/asyncio`, `Objects/genobject.c`,
 * `Lib/contextlib.py`): who writes one in a comment quotes it.
 */
const messages = new Set(
  [
    'Event loop is closed',
    'Event loop stopped before Future completed.',
    'This event loop is already running',
    'Cannot run the event loop while another loop is running',
    'Cannot close a running event loop',
    'no running event loop',
    "There is no current event loop in thread 'MainThread'.",
    'asyncio.run() cannot be called from a running event loop',
    'Runner is closed',
    'Runner.run() cannot be called from a running event loop',
    'cannot reuse already awaited coroutine',
    'coroutine is being awaited already',
    'coroutine ignored GeneratorExit',
    'async generator ignored GeneratorExit',
    'anext(): asynchronous generator is already running',
    "generator didn't yield",
    "generator didn't stop",
    'generator already executing',
    'invalid state',
    'Result is not set.',
    'Exception is not set.',
    'Lock is not acquired.',
    'BoundedSemaphore released too many times',
    'Semaphore initial value must be >= 0',
    'cannot notify on un-acquired lock',
    'cannot wait on un-acquired lock',
    'task_done() called too many times',
    'Abort called; barrier was broken',
    'An asyncio.Future, a coroutine or an awaitable is required',
    'Set of Tasks/Futures is empty.',
    'Passing coroutines is forbidden, use tasks explicitly.',
    'Timeout has already been entered',
    'Timeout should be used inside a task',
    "await wasn't used with future",
    'division by zero',
    'integer division or modulo by zero',
    'list index out of range',
    'pop from an empty deque',
    'dictionary changed size during iteration',
  ].map(keyOf),
);

/** Whether a text is, word for word, what the library says of an error. */
export function isLibraryMessage(text: string): boolean {
  return messages.has(keyOf(text));
}

function keyOf(text: string): string {
  return plain(text).replace(/\.$/, '');
}
