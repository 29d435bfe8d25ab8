/** Something that a block wrote to a stream in one go. */
export interface Piece {
  /** Virtual seconds since the block began. */
  readonly seconds: number;
  /** The note's line that wrote it; 0 for the library's own. */
  readonly line: number;
  /** First line of the statement of a `>>>` session; 0 elsewhere. */
  readonly statement: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** A line as a terminal shows it, and when its first character came. */
export interface OutputLine {
  readonly text: string;
  readonly seconds: number;
}

/** CSI, OSC and two-character escapes (ECMA-48). */
const escapes = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/** What a terminal shows of pieces: without escapes, each line as its last `\r` left it. */
export function shownLines(pieces: readonly Piece[]): OutputLine[] {
  const lines: OutputLine[] = [];
  let text = '';
  let seconds = -1;
  for (const piece of pieces) {
    const parts = piece.text.split('\n');
    for (const [n, part] of parts.entries()) {
      if (seconds < 0 && (part !== '' || n < parts.length - 1)) seconds = piece.seconds;
      text += part;
      if (n === parts.length - 1) continue;
      lines.push({ text: shown(text), seconds });
      text = '';
      seconds = -1;
    }
  }
  if (text !== '') lines.push({ text: shown(text), seconds });
  while (lines.at(-1)?.text.trim() === '') lines.pop();
  while (lines[0]?.text.trim() === '') lines.shift();
  return lines;
}

function shown(text: string): string {
  let cells = '';
  for (const part of text.replace(escapes, '').split('\r')) cells = part + cells.slice(part.length);
  return cells.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '').trimEnd();
}
