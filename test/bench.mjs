/**
 * `npm run bench [note…]`: how long the commands take, as whole processes, beside a floor measured in the same run.
 * Each figure is the median of five runs taken in turn, in seconds of the wall clock; only the ratios travel between
 * machines.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist', 'cli.js');
const notes = process.argv.length > 2 ? process.argv.slice(2) : [join(root, 'slides')];
const out = mkdtempSync(join(tmpdir(), 'loopreel-bench-'));
const runs = 5;

/** What is measured: name, arguments of Node, and the name of its floor. */
const commands = [
  [
    'start Node and Pyodide',
    ['--input-type=module', '-e', "import { loadPyodide } from 'pyodide'; await loadPyodide()"],
  ],
  ['build, nothing cached', [cli, 'build', ...notes, '--out', out, '--no-cache'], 'start Node and Pyodide'],
  ['start Node and the command', [cli, '--version']],
  ['build, unchanged notes', [cli, 'build', ...notes, '--out', out], 'start Node and the command'],
  ['export --pdf, unchanged notes', [cli, 'export', ...notes, '--pdf', '--out', out], 'build, unchanged notes'],
];

const seconds = new Map(commands.map(([name]) => [name, []]));
try {
  for (let run = 0; run <= runs; run++) {
    for (const [name, argv] of commands) {
      const start = process.hrtime.bigint();
      execFileSync(process.execPath, argv, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
      // The first round warms caches and is not counted.
      if (run > 0) seconds.get(name)?.push(Number(process.hrtime.bigint() - start) / 1e9);
    }
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

// Sixty blocks, timed inside of the process that records them.
const [cold, warm] = JSON.parse(
  execFileSync(process.execPath, [join(root, 'test', 'sixty.mjs')], { encoding: 'utf8' }),
);
seconds.set('record 60 blocks, nothing cached', [cold]);
seconds.set('record 60 blocks, memory image at hand', [warm]);

const middle = (sorted) => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const median = (name) => middle((seconds.get(name) ?? []).sort((a, b) => a - b));
for (const [name, , floor] of [
  ...commands,
  ['record 60 blocks, nothing cached', [], 'start Node and Pyodide'],
  ['record 60 blocks, memory image at hand', [], 'start Node and Pyodide'],
]) {
  const ratio = floor ? `  ${(median(name) / median(floor)).toFixed(2)} × ${floor}` : '';
  console.log(`${median(name).toFixed(2).padStart(6)} s  ${name}${ratio}`);
}

// What recording costs, inside of one Pyodide: both figures are of the same run.
if (process.argv.length <= 2) {
  execFileSync(process.execPath, [join(root, 'test', 'node', 'record', 'cost.mjs')], { stdio: 'inherit' });
  // Screenshots, beside bare ones.
  execFileSync(process.execPath, [join(root, 'test', 'snapshot', 'bench.mjs')], { stdio: 'inherit' });
  // Decks of up to a thousand slides on paper.
  execFileSync(process.execPath, [join(root, 'test', 'paper.mjs')], { stdio: 'inherit' });
  // Large replays in a page.
  execFileSync(process.execPath, [join(root, 'test', 'large', 'bench.mjs')], { stdio: 'inherit' });
}
