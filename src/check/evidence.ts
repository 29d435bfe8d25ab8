import type { OutputLine, Piece } from './output.ts';
import { shownLines } from './output.ts';

/** One recording of a block, as much of it as claims are judged by. */
export interface Evidence {
  readonly status: 'ran' | 'raised' | 'skipped' | 'stopped';
  /** Why it was skipped or stopped. */
  readonly reason?: string;
  readonly pieces: readonly Piece[];
  /** `text` is the last line of the traceback. */
  readonly error?: {
    readonly text: string;
    readonly line: number;
    readonly column?: number;
    readonly traceback: string;
  };
  readonly mode: 'script' | 'await' | 'repl';
  readonly times: Times;
  /** Real seconds that the processor worked: computing takes no time on the virtual clock. */
  readonly busySeconds: number;
  /** Whether its machine is a slow one (varied worlds only). */
  readonly slow: boolean;
  /** Whether it asked a network, whose answers here are simulated. */
  readonly outside: boolean;
}

/** Virtual seconds of a run. */
export interface Times {
  readonly end: number;
  /** How long each loop ran, and each statement at the top. */
  readonly spans: readonly number[];
  /** Every instant at which something happened. */
  readonly instants: readonly number[];
}

/** Which of a block's pieces a claim speaks of. */
export type Choice = (piece: Piece) => boolean;

/**
 * What of standard error is looked at: nothing, or all of it, in the order in which it came. Where both streams are not
 * a terminal's, all of one may come before the other.
 */
export type Errors = 'none' | 'mixed' | 'first' | 'last';

/** The lines that a terminal shows of the chosen pieces; with errors also the traceback that ended it, where `last`. */
export function outputOf(evidence: Evidence, choice: Choice, errors: Errors, last = true): OutputLine[] {
  const chosen = evidence.pieces.filter((piece) => (errors !== 'none' || piece.stream === 'stdout') && choice(piece));
  const [one, other] = errors === 'first' ? ['stderr', 'stdout'] : ['stdout', 'stderr'];
  const sorted = ['first', 'last'].includes(errors)
    ? [one, other].flatMap((stream) => chosen.filter((piece) => piece.stream === stream))
    : chosen;
  const lines = shownLines(sorted);
  if (errors === 'none' || !last || !evidence.error || evidence.status !== 'raised') return lines;
  const { traceback, text } = evidence.error;
  const told = (traceback || text).trimEnd().split('\n');
  return [...lines, ...told.map((line) => ({ text: line, seconds: evidence.times.end }))];
}
