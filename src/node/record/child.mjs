/**
 * The process that runs strangers' Python. JSON lines come in on standard input; JSON lines go out on standard output;
 * a memory image made here goes out as `{"snapshot": bytes}` and the bytes. `runner.ts` starts it with an empty
 * environment under Node's permission model. It ends with its parent: when standard input closes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openRealm, readParts } from './realm.mjs';

// A crash may carry a value of the other realm: leave without looking at it.
process.on('uncaughtException', () => process.exit(70));
process.on('unhandledRejection', () => process.exit(70));

const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
let realm;
let used = false;

lines.on('line', (line) => {
  const message = JSON.parse(line);
  if (message.start !== undefined) void start(message.start);
  else run(message);
});
lines.on('close', () => process.stdout.write('', () => process.exit(0)));

async function start({ pyodide, inside, library, files, compiled, warm, seal, snapshot, digest }) {
  const parts = readParts(pyodide, inside, library);
  const memory = snapshot === null ? await makeSnapshot(parts, files, compiled, warm) : readFileSync(snapshot);
  if (snapshot !== null && sha256(memory) !== digest) return process.exit(65);
  realm = await openRealm(parts, files, memory);
  realm.prepare('from loopreel_recorder import record_block\nrecord_block', seal);
  closeDoors();
  say('ready');
}

/** Starts Python from nothing, loads library and recorder, and gives its memory; no note's code has run yet. */
async function makeSnapshot(parts, files, compiled, warm) {
  const bytes = compiled.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]);
  const first = await openRealm(parts, files, null, {}, bytes);
  first.run(warm);
  const memory = new Uint8Array(first.snapshot());
  say({ snapshot: memory.length });
  process.stdout.write(memory);
  return memory;
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function run({ request, seconds }) {
  if (used) realm.reset();
  used = true;
  const before = process.cpuUsage();
  // It runs when this function has returned, on a stack without ours: whatever looks at its frames finds no path of the
  // host's.
  realm.begin(request, seconds);
  setImmediate(() => {
    const answer = realm.answer();
    if (typeof answer !== 'string') process.exit(70);
    const { user, system } = process.cpuUsage(before);
    say({ answer, processorSeconds: (user + system) / 1e6 });
    if (answer[0] !== '=') lines.close();
  });
}

/** Nothing of the host's language may be changed from inside, should a host object ever be reached from there. */
function closeDoors() {
  for (const value of [Object, Function, Array, Promise, Error, String, Number, RegExp, Map, Set, Uint8Array]) {
    Object.freeze(value);
    Object.freeze(value.prototype);
  }
}
