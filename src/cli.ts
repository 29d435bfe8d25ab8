#!/usr/bin/env node
import { run } from './node/commands.ts';

// The only place that exits: 0 well, 1 something in a note or on the machine, 2 a wrong command line.
process.exitCode = await run(process.argv.slice(2));
