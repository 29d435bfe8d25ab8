import { colourOf } from './colour.ts';
import { formulaPieces } from './formula.ts';
import type { Run } from './part.ts';

/** What is for other eyes than the audience's. */
export const unseen = 'script, style, template, aside.notes, .visually-hidden, [hidden]';

/**
 * The text of nodes in pieces of one look. White space is as it is drawn: one blank, unless the text keeps it.
 *
 * @param skip What is no part of this text.
 */
export function runsOf(nodes: readonly Node[], skip = ''): Run[] {
  const runs: Run[] = [];
  let breaks = false;
  const add = (text: string, look: Omit<Run, 'text' | 'breaks'>) => {
    if (text === '') return;
    runs.push({ text, ...look, ...(breaks ? { breaks: true } : {}) });
    breaks = false;
  };
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      const parent = node.parentElement;
      if (!parent) return;
      const keeps = getComputedStyle(parent).whiteSpace.startsWith('pre');
      const text = keeps ? node.data.replaceAll('\t', '    ') : node.data.replace(/\s+/g, ' ');
      const before = runs.at(-1);
      const blank = !keeps && !breaks && text.startsWith(' ') && (!before || /\s$/.test(before.text));
      add(blank ? text.slice(1) : text, lookOf(parent));
      return;
    }
    if (!(node instanceof Element) || node.matches(unseen) || (skip !== '' && node.matches(skip))) return;
    if (node.localName === 'br') breaks = true;
    else if (node.matches('.formula')) {
      const math = new DOMParser()
        .parseFromString(node.getAttribute('data-mathml') ?? '', 'text/html')
        .querySelector('math');
      const look = lookOf(node);
      const told = [{ text: node.getAttribute('aria-label') ?? '', slanted: false, raised: undefined }];
      for (const { text, slanted, raised } of math ? formulaPieces(math) : told)
        add(text, { ...look, ...(slanted ? { slanted: true } : {}), ...(raised ? { raised } : {}) });
    } else if (!node.matches('svg, img')) {
      // A row of code that goes on behind a hook.
      if (node.matches('.turn.over')) breaks = true;
      for (const child of node.childNodes) visit(child);
    }
  };
  for (const node of nodes) visit(node);
  return trimmed(runs);
}

/** How the text of an element looks. */
function lookOf(element: Element): Omit<Run, 'text' | 'breaks'> {
  // Emoji are drawn as pictures behind transparent characters.
  const inked = element.closest('.emoji')?.parentElement ?? element;
  const style = getComputedStyle(inked);
  const raised = element.closest('sup') ? 'above' : element.closest('sub') ? 'below' : undefined;
  const base = raised ? (element.closest('sup, sub')?.parentElement ?? element) : inked;
  const code = /mono/i.test(style.fontFamily.split(',')[0] ?? '');
  const card = element.closest('pre') !== null || element.closest('.slide-title, .large-title') !== null;
  const grounded = card ? null : element.closest('code, kbd, samp, mark');
  const ground = grounded ? colourOf(getComputedStyle(grounded).backgroundColor) : undefined;
  const link = element.closest('a[href]')?.getAttribute('href');
  return {
    colour: colourOf(style.color) ?? '#000000',
    pixels: Number.parseFloat(getComputedStyle(base).fontSize),
    ...(Number(style.fontWeight) >= 600 ? { bold: true as const } : {}),
    ...(style.fontStyle === 'italic' ? { slanted: true as const } : {}),
    ...(code ? { code: true as const } : {}),
    ...(ground ? { ground } : {}),
    ...(raised ? { raised } : {}),
    ...(link ? { link } : {}),
  };
}

/** Without white space at the ends that is not drawn; neighbours that look the same become one. */
function trimmed(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && !run.breaks && lookKey(last) === lookKey(run))
      joined[joined.length - 1] = { ...last, text: last.text + run.text };
    else joined.push(run);
  }
  const last = joined.at(-1);
  if (last && !last.code) joined[joined.length - 1] = { ...last, text: last.text.replace(/\s+$/, '') };
  return joined.filter(({ text }) => text !== '');
}

function lookKey({ text: _, breaks: __, ...look }: Run): string {
  return JSON.stringify(look);
}
