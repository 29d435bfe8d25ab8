import { createInterface } from 'node:readline/promises';
import { type CheckOptions, check } from './check.ts';
import { correction } from './checkFix.ts';
import { jsonReport, readableReport } from './checkReport.ts';
import type { Effects } from './effects.ts';
import { harmless } from './harmless.ts';

/** What the command line of `loopreel check` says. */
export interface CheckCommand extends CheckOptions {
  readonly json: boolean;
  readonly fix: boolean;
  /** Whether `--fix` writes without asking. */
  readonly yes: boolean;
  readonly colours: boolean;
}

/** Checks notes and prints what was found; with `fix` writes real outputs, then tells what is still wrong. */
export async function checkCommand(options: CheckCommand, effects: Effects): Promise<boolean> {
  const first = await check(options, effects);
  let outcome = first;
  if (options.fix) {
    let written = false;
    for (const note of first.notes) {
      const change = await correction(note);
      if (!change) continue;
      if (!options.json) effects.print(harmless(change.diff));
      const claims = `${change.claims} claim${change.claims === 1 ? '' : 's'}`;
      if (!options.yes && !(await confirmed(`Correct ${claims} in ${change.path}?`))) continue;
      await change.write();
      written = true;
      if (!options.json) effects.print(`${change.path}: ${claims} corrected\n`);
    }
    if (written) outcome = await check(options, effects);
  }
  if (outcome.notes.length === 0 && !options.json) return outcome.failed;
  effects.print(options.json ? jsonReport(outcome.notes) : readableReport(outcome.notes, options.colours));
  return outcome.failed;
}

async function confirmed(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(?:y|yes|예|네)$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
