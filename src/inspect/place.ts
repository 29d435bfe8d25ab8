import type { Part, Place } from './fault.ts';

/** What an element belongs to; the first that it stands in counts. */
const parts: readonly (readonly [selector: string, part: Part])[] = [
  ['.loopreel-replay', 'replay'],
  ['.slide-title, .large-title', 'title'],
  ['.console-card, .status', 'output'],
  ['pre, .code-card', 'code'],
  ['table', 'table'],
  ['img, svg, figure', 'picture'],
];

/** Where an element of a slide stands: in the note, on the slide, and how its text begins. */
export function placeOf(element: Element): Place {
  const part = parts.find(([selector]) => element.closest(selector))?.[1] ?? 'text';
  const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const file = element.closest('[data-note-line]')?.getAttribute('data-note-file') ?? null;
  return { line: lineOf(element), file, part, text: text.length > 40 ? `${text.slice(0, 39)}…` : text };
}

function lineOf(element: Element): number | null {
  const marked = element.closest('[data-note-line]');
  if (!marked) return null;
  const line = Number(marked.getAttribute('data-note-line'));
  // A code's own lines follow that of its fence; where a code is cut, they know their numbers.
  const row = element.closest('.code-card .line');
  if (!row) return line;
  const rows = [...(row.parentElement?.querySelectorAll(':scope > .line') ?? [])];
  return line + Number(row.getAttribute('data-line') ?? rows.indexOf(row) + 1);
}
