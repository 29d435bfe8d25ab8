// Tries what Node's flags shall forbid, without Python or a context in between; prints the names of what worked.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const [secret, mark] = process.argv.slice(2);
const tries = {
  // biome-ignore lint/security/noGlobalEval: whether it works is the question.
  eval: () => globalThis.eval('1'),
  Function: () => new Function('return 1')(),
  read: () => readFileSync(secret),
  write: () => writeFileSync(mark, 'out'),
  process: () => {
    if (spawnSync(process.execPath, ['--version']).status !== 0) throw new Error('not started');
  },
  worker: () => new Worker('0', { eval: true }),
  memory: () => new WebAssembly.Memory({ initial: 8192 }),
};
const worked = Object.keys(tries).filter((name) => {
  try {
    tries[name]();
    return true;
  } catch {
    return false;
  }
});
process.stdout.write(JSON.stringify(worked), () => process.exit(0));
