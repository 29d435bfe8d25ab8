#!/usr/bin/env node
import { run } from './node/commands/run.ts';

// The only place that exits: 0 well, 1 something in a note or on the machine, 2 a wrong command line. An interrupt
// exits too, so that what listens for the exit can clean up: half-made output, running Python.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => process.exit(128 + number));
}
// A reader that has seen enough, as `head` has, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await run(process.argv.slice(2));
