// Runs blocks behind all walls but the one that is taken away, and prints what each printed. What it is given comes as
// one line of JSON on standard input: what `child.mjs` is given to start, and `realm`, `codes`, `remove`.
import { readFileSync } from 'node:fs';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const { realm, pyodide, inside, library, files, seal, snapshot, codes, remove } = JSON.parse(text);
const { openRealm, readParts } = await import(realm);
const globals = Object.create(null);
const walls = { globals, strings: remove === 'L2' };
const host = await openRealm(readParts(pyodide, inside, library), files, readFileSync(snapshot), walls);
// Pyodide itself starts as in the bare context; a note then finds what another context would have held.
if (remove === 'L1') globals.process = process;
host.prepare('from loopreel_recorder import record_block\nrecord_block', remove === 'L4' ? '' : seal);
const answers = codes.map((code) => {
  const request = { file: 'note.md', blocks: [{ id: 'b1', line: 1, code, meta: {} }], target: 'b1' };
  const answer = host.record(JSON.stringify(request), 20);
  host.reset();
  return answer.slice(1);
});
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
