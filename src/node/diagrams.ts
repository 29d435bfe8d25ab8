import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Code } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFileMessage } from 'vfile-message';
import { type Diagram, tallestDiagram } from '../deck/diagramBox.ts';
import { fullSpace } from '../deck/frame.ts';
import { fenceLanguage } from '../notes/fence.ts';
import type { Note } from '../notes/note.ts';
import { withoutEmoji } from '../text/emoji.ts';
import { themeVariables, withTokens } from './diagramColours.ts';
import { inChromium, textSize } from './diagramPage.ts';
import { noteProblem, noteWarning } from './problems.ts';
import { contentKey, writeWhole } from './record/cache.ts';

/** The Mermaid diagrams of a note, drawn. */
export interface Diagrams {
  /** By the text of the fence. */
  readonly drawn: ReadonlyMap<string, Diagram>;
  /** One message for each that cannot be drawn, at its place. */
  readonly problems: readonly VFileMessage[];
}

/** What a slide's text may not be smaller than before the author is told. */
const smallest = 20;
/** Counts up with what this file makes of the same text. */
const version = 2;

/**
 * Draws the fences `mermaid` of a note in Chromium, which is started only for what is not in the cache. Mermaid runs
 * with its strictest settings, labels are SVG text in our fonts, and what comes back holds neither script nor address.
 */
export async function drawDiagrams(
  note: Note,
  cacheDirectory: string | null,
  runtimeDirectory: string,
): Promise<Diagrams> {
  const fences: Code[] = [];
  visit(note.tree, 'code', (node) => {
    if (fenceLanguage(node) === 'mermaid') fences.push(node);
  });
  const drawn = new Map<string, Diagram>();
  const problems: VFileMessage[] = [];
  if (fences.length === 0) return { drawn, problems };

  // 1. What is known already.
  const mermaid = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
  const library = contentKey(await readFile(mermaid, 'utf8'), themeVariables, version);
  const file = (text: string) =>
    cacheDirectory && join(cacheDirectory, 'diagrams', `${contentKey(library, text)}.json`);
  const open: Code[] = [];
  for (const node of fences) {
    const path = file(node.value);
    const kept = path ? await readFile(path, 'utf8').then(parse, () => undefined) : undefined;
    if (kept) drawn.set(node.value, kept);
    else if (!open.some(({ value }) => value === node.value)) open.push(node);
  }

  // 2. The rest, in one browser.
  const tell = (node: Code, line: number, reason: string, fix: string) => {
    const file = node.position?.file;
    const place = { line: (node.position?.start.line ?? 1) + line, column: 1, ...(file ? { file } : {}) };
    problems.push(noteProblem(`diagram: ${reason}`, place, 'diagram', fix));
  };
  if (open.length > 0) {
    const answers = await inChromium(
      mermaid,
      runtimeDirectory,
      open.map(({ value }) => withoutEmoji(value)),
    );
    for (const [n, node] of open.entries()) {
      const answer = answers[n] ?? { error: 'nothing was drawn' };
      if ('error' in answer) {
        const { line, reason } = readError(answer.error);
        tell(node, line, reason, 'Correct it; mermaid.live shows what Mermaid takes.');
        continue;
      }
      const svg = withTokens(answer.svg);
      if (!isHarmless(svg)) {
        tell(
          node,
          0,
          'it holds what no slide may hold (HTML, an address or a script)',
          'Write labels as plain text, without links.',
        );
        continue;
      }
      const diagram = { ...answer, svg };
      drawn.set(node.value, diagram);
      const path = file(node.value);
      if (path) await writeWhole(path, JSON.stringify(diagram));
    }
  }

  // 3. What nobody could read in a hall.
  for (const node of fences) {
    const line = node.position?.start.line ?? 1;
    const diagram = drawn.get(node.value);
    if (!diagram) continue;
    const size = textSize * Math.min(1, fullSpace.width / diagram.width, tallestDiagram / diagram.height);
    if (size < smallest)
      problems.push(
        noteWarning(
          `diagram: its text is ${Math.round(size)} px high on a slide of 1080`,
          line,
          'diagram-small',
          'Draw less in it, or turn it (`flowchart LR`, `flowchart TB`).',
          node.position?.file,
        ),
      );
    if (withoutEmoji(node.value) !== node.value)
      problems.push(
        noteWarning(
          'diagram: emoji in it are left out',
          line,
          'diagram-emoji',
          'Say it in words.',
          node.position?.file,
        ),
      );
  }
  return { drawn, problems };
}

/** Held against everything that the page should have taken out already. */
function isHarmless(svg: string): boolean {
  return !/<(?:script|foreignObject|iframe|image|a|use\s[^>]*href="(?!#))[\s>]|\son\w+\s*=|javascript:|@import|url\(\s*['"]?(?!#|['"]?#)/i.test(
    svg,
  );
}

/** Mermaid's message as a line of the fence and a sentence: its parsers write several lines. */
function readError(message: string): { readonly line: number; readonly reason: string } {
  const line = Number(/\bon line (\d+)/.exec(message)?.[1] ?? 0);
  const got = /got '([^']*)'/.exec(message)?.[1];
  if (/^Parse error/.test(message)) {
    const near = message
      .split('\n')[1]
      ?.replace(/^\.{3}/, '')
      .trim();
    const what = got === 'EOF' ? 'it ends too early' : got ? `\`${got}\` cannot stand here` : 'it cannot be read';
    return { line, reason: near ? `${what}: \`${near}\`` : what };
  }
  if (/No diagram type detected/.test(message)) return { line: 1, reason: 'its first line names no kind of diagram' };
  return { line, reason: message.split('\n')[0]?.replace(/ on line \d+\.?:?/, '') ?? message };
}

/** A damaged entry counts as absent. */
function parse(text: string): Diagram | undefined {
  try {
    return JSON.parse(text) as Diagram;
  } catch {
    return undefined;
  }
}
