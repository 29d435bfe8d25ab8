import * as v from 'valibot';
import { eventSchema, headerSchema, type Trace, type TraceEvent } from './events.ts';
import { parseJson } from './parseJson.ts';

/** A line of a trace that is not what the format says. The message names file and line. */
export class TraceError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'TraceError';
  }
}

/** The schema of each kind: looked up, a long trace is read three times as fast as when all of them are tried. */
const schemas: ReadonlyMap<unknown, v.GenericSchema<unknown, TraceEvent>> = new Map(
  eventSchema.options.map((schema) => [schema.entries.k.literal, schema]),
);

/**
 * Reads a recording, strictly.
 *
 * @param text JSON Lines as told in `README.md`; a final newline is optional.
 * @param file Name used in error messages, default `trace`.
 * @returns The header and the events in order.
 * @throws {TraceError} At the first line that is not JSON, has an unknown kind or field, leaves a gap in `i`, or
 * whose time falls.
 */
export function readTrace(text: string, file = 'trace'): Trace {
  // Line by line, not split: the first wrong line ends it, however many there are.
  let [line, at] = lineAt(text, 0);
  const header = check(headerSchema, parse(line, file, 1), file, 1);
  const events: TraceEvent[] = [];
  let last = 0;
  for (let n = 1; at < text.length; n++) {
    [line, at] = lineAt(text, at);
    const value = parse(line, file, n + 1);
    const schema = schemas.get((value as { readonly k?: unknown } | null)?.k) ?? eventSchema;
    const event = check(schema, value, file, n + 1);
    if (event.i !== n - 1) throw new TraceError(file, n + 1, `expected \`i\` to be ${n - 1}, found ${event.i}`);
    if (event.t < last) throw new TraceError(file, n + 1, `time falls from ${last} to ${event.t} ns`);
    last = event.t;
    events.push(event);
  }
  return { header, events };
}

/** The line that begins at `start`, and where the next one does. */
function lineAt(text: string, start: number): [line: string, next: number] {
  const end = text.indexOf('\n', start);
  return end < 0 ? [text.slice(start), text.length] : [text.slice(start, end), end + 1];
}

function parse(line: string, file: string, number: number): unknown {
  try {
    return parseJson(line);
  } catch {
    throw new TraceError(file, number, 'expected a JSON object on this line');
  }
}

function check<Schema extends v.GenericSchema>(schema: Schema, value: unknown, file: string, line: number) {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const place = v.getDotPath(issue);
  throw new TraceError(file, line, `${place === null ? '' : `\`${place}\`: `}${issue.message}`);
}
