import type { Node, Point, Position } from 'unist';
import type { VFile } from 'vfile';

/** What a message about a note says besides its sentence. */
export interface Report {
  /** Where in the note. */
  readonly place: Node | Position | Point | undefined;
  /** Name of the rule that was broken, in kebab case. */
  readonly rule: string;
  readonly actual?: string;
  readonly expected?: readonly string[];
  /** What to do about it, one sentence. */
  readonly fix: string;
  /** True when the note cannot be built with it; false by default. */
  readonly fatal?: boolean;
}

/** Adds a message to the file: `reason` is the sentence that says what is wrong. */
export function report(file: VFile, reason: string, { place, rule, actual, expected, fix, fatal }: Report): void {
  const position = place && 'type' in place ? place.position : place;
  const message = file.message(reason, { ...(position ? { place: position } : {}), ruleId: rule, source: 'loopreel' });
  if (actual !== undefined) message.actual = actual;
  if (expected) message.expected = [...expected];
  message.note = fix;
  message.fatal = fatal ?? false;
}
