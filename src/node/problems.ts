import type { Point, Position } from 'unist';
import { VFileMessage } from 'vfile-message';

/**
 * Something wrong in a note that only the node layer can know, as an error at its place.
 *
 * @param reason What is wrong, the value in backticks.
 * @param rule Name of the rule, in kebab case.
 * @param fix What to do about it, one sentence.
 */
export function noteProblem(
  reason: string,
  place: Point | Position | undefined,
  rule: string,
  fix: string,
): VFileMessage {
  const message = new VFileMessage(reason, { ...(place ? { place } : {}), ruleId: rule, source: 'loopreel' });
  // Of an included note; else the note's own.
  if (place && 'file' in place && typeof place.file === 'string') message.file = place.file;
  message.fatal = true;
  message.note = fix;
  return message;
}

/** Something that the author should know and that stops nothing. */
export function noteWarning(reason: string, line: number, rule: string, fix: string, file?: string): VFileMessage {
  const message = noteProblem(reason, { line, column: 1, ...(file ? { file } : {}) } as Point, rule, fix);
  message.fatal = false;
  return message;
}

/** What `check` refuses, as `build` tells it: it stops no deck from being made. */
export function asWarning(message: VFileMessage): VFileMessage {
  message.fatal = false;
  return message;
}

/** The order in which a reader of the note meets messages. */
export function byLine(a: VFileMessage, b: VFileMessage): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
