/** What a token of a theme holds, and what it is for. */
export interface Token {
  /** Without `--lr-`. */
  readonly name: string;
  readonly use: string;
  /** A colour (one for each scheme), or a number with its unit and its bounds: slides are measured with these. */
  readonly kind: 'colour' | Bounds;
}

interface Bounds {
  readonly unit: '' | 'px' | 'em';
  readonly least: number;
  readonly most: number;
  /** Only multiples of this above `least`. */
  readonly step?: number;
}

const colours = {
  bg: 'ground of slides and pages; text on running and failed tasks',
  surface: 'ground of code',
  ink: 'text',
  'ink-muted': 'what stands back: footers, table heads, line numbers, labels',
  heading: 'titles of slides',
  rule: 'lines that part things, frames of cards',
  accent: 'links, emphasis, bullets, focus',
  'cover-bg': 'ground of title and section slides',
  'cover-ink': 'their title',
  'cover-muted': 'their text',
  'cover-accent': 'their eyebrow and bullets, and the part of the ring that is done',
  'cover-rule': 'the rest of the ring',
  'code-bg': 'ground of code in a sentence',
  'console-bg': 'ground of outputs',
  'console-ink': 'the newest line of an output',
  'console-muted': 'its other lines and its label',
  running: 'the task that has the thread, the scrubber',
  ready: 'tasks in the ready queue: outline and sign',
  'ready-fill': 'their ground, and that of marked lines of code',
  waiting: 'tasks that wait or are done, free places',
  cancelled: 'cancelled tasks',
  error: 'errors, a blocked loop: outline and sign',
  'error-ink': 'text about errors, ground of a task that blocks the loop',
  'error-fill': 'ground of errors',
  'tok-keyword': 'code: keywords',
  'tok-string': 'code: strings',
  'tok-number': 'code: numbers',
  'tok-comment': 'code: comments',
  'tok-function': 'code: names of functions',
  'tok-type': 'code: names of classes and types',
  'tok-constant': 'code: `None`, `True`, `False`',
  'tok-operator': 'code: operators',
} as const;

const numbers = {
  radius: { use: 'corners of cards', kind: { unit: 'px', least: 0, most: 24 } },
  'heading-weight': { use: 'weight of titles', kind: { unit: '', least: 400, most: 700, step: 300 } },
  'heading-tracking': { use: 'room between the letters of titles', kind: { unit: 'em', least: -0.04, most: 0 } },
  'title-mark': { use: 'width of the bar before a slide’s title', kind: { unit: 'px', least: 0, most: 32 } },
} as const;

/** All tokens, in the order of the documentation. A theme defines every one. */
export const tokens: readonly Token[] = [
  ...Object.entries(colours).map(([name, use]) => ({ name, use, kind: 'colour' }) as const),
  ...Object.entries(numbers).map(([name, { use, kind }]) => ({ name, use, kind })),
];
