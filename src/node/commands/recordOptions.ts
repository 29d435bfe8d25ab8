import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ClockName, EngineName } from '../record/engine.ts';
import type { Limits } from '../record/limits.ts';
import { shared } from './shared.ts';

/** What `loopreel record` takes on its command line, as commander gives it. */
export interface RecordCommandOptions {
  readonly block?: string;
  readonly format: 'jsonl' | 'perfetto';
  readonly perfettoClock: 'logical' | 'virtual';
  readonly engine?: EngineName;
  readonly clock?: ClockName;
  readonly allowCpython?: true;
  readonly out?: string;
  readonly cache: boolean;
  readonly debug?: true;
  readonly limitSeconds?: number;
  readonly limitTurns?: number;
  readonly limitOutput?: number;
  readonly limitEvents?: number;
  readonly limitVirtualSeconds?: number;
  readonly limitRecursion?: number;
}

/** Adds the options of `loopreel record` to its command. A value that makes no sense is a usage error. */
export function addRecordOptions(command: Command): Command {
  const options = [
    new Option('--block <id>', 'the block of the note to record, for example b2'),
    new Option('--format <format>', 'JSON Lines, or Chrome Trace Event JSON for ui.perfetto.dev')
      .choices(['jsonl', 'perfetto'])
      .default('jsonl'),
    new Option('--perfetto-clock <clock>', 'one step is 1 ms, or the times of the recording')
      .choices(['logical', 'virtual'])
      .default('logical'),
    new Option('--engine <engine>', 'the Python that runs it; default: what the note says, else pyodide').choices([
      'pyodide',
      'cpython',
    ]),
    new Option(
      '--clock <clock>',
      'a clock that jumps over waits, or the real one, which needs --engine cpython',
    ).choices(['virtual', 'wall']),
    shared.allowCPython(),
    limit('seconds', 'real seconds until it is stopped', seconds),
    limit('turns', 'turns of the loop at one instant', whole(1)),
    limit('output', 'bytes that it may print', whole(1)),
    limit('events', 'events that the recording may hold', whole(100)),
    limit('virtual-seconds', 'seconds of the virtual clock', seconds),
    limit('recursion', 'depth of calls, up to 3000', whole(200, 3000)),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

/** The limits that were given, under the names that they have in a trace. */
export function givenLimits(options: RecordCommandOptions): Partial<Limits> {
  const given = {
    seconds: options.limitSeconds,
    turns: options.limitTurns,
    outputBytes: options.limitOutput,
    events: options.limitEvents,
    virtualSeconds: options.limitVirtualSeconds,
    recursion: options.limitRecursion,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function limit(name: string, description: string, parse: (text: string) => number): Option {
  return new Option(`--limit-${name} <number>`, description).argParser(parse);
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 1e9) return value;
  throw new InvalidArgumentError('expected seconds, such as `3` or `0.5`.');
}

function whole(least: number, most = 1e9) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}
