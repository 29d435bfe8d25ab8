// Tries what the walls around a process shall forbid, without Python or a context in between; prints the names of what
// worked.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

const [secret, mark, port] = process.argv.slice(2);
const tries = {
  environment: () => {
    if (process.env.LOOPREEL_CANARY === undefined) throw new Error('not there');
  },
  // biome-ignore lint/security/noGlobalEval: whether it works is the question.
  eval: () => globalThis.eval('1'),
  Function: () => new Function('return 1')(),
  read: () => readFileSync(secret),
  own: () => readFileSync(process.execPath),
  write: () => writeFileSync(mark, 'out'),
  process: () => {
    if (spawnSync(process.execPath, ['--version']).status !== 0) throw new Error('not started');
  },
  worker: () => new Worker('0', { eval: true }),
  memory: () => new WebAssembly.Memory({ initial: 8192 }),
  network: () => new Promise((resolve, reject) => connect(Number(port), '127.0.0.1', resolve).on('error', reject)),
};
const worked = [];
for (const name of Object.keys(tries)) {
  try {
    await tries[name]();
    worked.push(name);
  } catch {}
}
process.stdout.write(JSON.stringify(worked), () => process.exit(0));
