// `node suite.mjs FOLDER stock|recording tasks|others OUT`: suite.py in Pyodide as it comes, with the tests of the Python
// library in FOLDER: those of tasks, or all others. Writes the outcomes to the file OUT. Two parts, in an interpreter each:
// all of them in one were seen to corrupt its memory (3.14.2, on either loop), which nothing shows natively.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyInto, openStock } from './stock.mjs';

const [library, loop, part, out] = process.argv.slice(2);
const pyodide = await openStock();
const { FS } = pyodide;

for (const name of ['support', 'test_asyncio', 'certdata']) {
  copyInto(FS, join(library, 'test', name), `/suite/test/${name}`);
}

// The package of the asyncio tests skips itself where there are no sockets; most of them need none.
for (const folder of ['test', 'test/test_asyncio']) FS.writeFile(`/suite/${folder}/__init__.py`, '');

// The interpreter asks here whether to interrupt; no thread could tell it.
let deadline = Number.POSITIVE_INFINITY;
let asked = 0;
pyodide.setInterruptBuffer({
  get 0() {
    if (++asked % 64 !== 0 || Date.now() < deadline) return 0;
    deadline = Date.now() + 1000;
    return 2;
  },
  set 0(_) {},
});
pyodide.globals.set('limit', (seconds) => {
  deadline = seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000;
});
pyodide.globals.set('loop', loop);
pyodide.globals.set('part', part);
writeFileSync(
  out,
  pyodide.runPython(`
sys.path.insert(0, "/suite")
import json, signal, suite
# Pyodide's loop runs while this does, and its policy would make more of them.
asyncio._set_running_loop(None)
asyncio.events._event_loop_policy = None
# It does not survive a socket that listens.
def listen(*_):
    raise OSError("no sockets")
import socket
socket.socket.listen = listen
signal.signal(signal.SIGINT, suite.interrupt)
result = suite.Outcomes()
result.limit = limit
json.dumps(suite.run(loop, result, [name for name in suite.MODULES if (name == "test_tasks") == (part == "tasks")]))
`),
);
process.exit(0);
