/**
 * The process that runs strangers' Python. JSON lines come in on standard input; JSON lines go out on standard output,
 * but for a snapshot, which goes out raw. Started with an empty environment and Node's permission model by `runner.ts`.
 * It ends with its parent: when standard input closes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openRealm } from './realm.mjs';

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

async function start({ pyodide, inside, files, warm, seal, snapshot, digest }) {
  let memory = null;
  if (snapshot !== null) {
    memory = readFileSync(snapshot);
    if (createHash('sha256').update(memory).digest('hex') !== digest) return process.exit(65);
  }
  realm = await openRealm({ pyodide, inside, files, snapshot: memory, make: memory === null });
  if (memory === null) {
    realm.run(warm);
    process.stdout.write(new Uint8Array(realm.snapshot()), () => process.exit(0));
    return;
  }
  realm.prepare('from loopreel_recorder import record_block\nrecord_block', seal);
  closeDoors();
  say('ready');
}

function run({ request, seconds }) {
  if (used) realm.reset();
  used = true;
  const answer = realm.record(request, seconds);
  if (typeof answer !== 'string') process.exit(70);
  say(answer);
  if (answer[0] !== '=') lines.close();
}

/** Nothing of the host's language may be changed from inside, should a host object ever be reached from there. */
function closeDoors() {
  for (const value of [Object, Function, Array, Promise, Error, String, Number, RegExp, Map, Set, Uint8Array]) {
    Object.freeze(value);
    Object.freeze(value.prototype);
  }
}
