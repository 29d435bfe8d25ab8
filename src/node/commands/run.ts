import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { UsageError, UserError } from '../errors.ts';
import { packageRoot } from '../root.ts';
import { terminal } from '../terminal.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { exportCommand } from './export.ts';
import { recordCommand } from './record.ts';
import type { Perform } from './shared.ts';
import { snapshotCommand } from './snapshot.ts';
import { startCommand } from './start.ts';

/**
 * Runs one command line.
 *
 * @param argv Arguments behind the program's name.
 * @returns The exit code: 0 well, 1 something was wrong (each said in one message), 2 a wrong command line.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const debug = argv.includes('--debug');
  const effects = terminal();
  let failed = false;
  const program = define(async (action) => {
    failed = await action(effects);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return failed ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      effects.problem(error.message);
      if (debug) effects.problem(String(error.stack));
      return error instanceof UsageError ? 2 : 1;
    }
    // Ours, not the user's.
    effects.problem(`loopreel failed: ${error instanceof Error ? error.message : String(error)}`);
    effects.problem(debug && error instanceof Error ? String(error.stack) : 'run again with --debug for the stack');
    return 1;
  } finally {
    effects.close();
  }
}

/** Every command, in the order of the help. Each imports its work only when it runs. */
const commands = [buildCommand, exportCommand, checkCommand, recordCommand, snapshotCommand, startCommand];

function define(perform: Perform): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('loopreel')
    .description("Turns Markdown notes about Python's asyncio into decks whose examples really ran.")
    .version(version)
    .exitOverride()
    .showHelpAfterError('(run with --help for the options)');
  for (const command of commands) program.addCommand(command(perform).copyInheritedSettings(program));
  return program;
}
