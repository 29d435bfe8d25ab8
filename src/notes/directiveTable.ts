import { closest, distance } from 'fastest-levenshtein';
import { views } from './fence.ts';
import { layoutNames } from './layoutNames.ts';

/** A value that a directive takes. */
export interface Attribute {
  readonly pattern: RegExp;
  /** How it is written, as an example. */
  readonly written: string;
}

/** A directive: a container (`:::name`, content, `:::`) or a leaf (`::name` alone on its line). */
export interface Directive {
  readonly form: 'container' | 'leaf';
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The kinds of a callout: those of GitHub's alerts. */
export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const;
export type CalloutKind = (typeof calloutKinds)[number];

const any = /./s;
const panel = views.join('|');
const step = (name: string): Attribute => ({
  pattern: any,
  written: `\`${name}=12\` (the number beside the replay's clock) or \`${name}="label"\` (of a \`# !mark label\`)`,
});

/** Every directive that there is. Attributes with other names or values are told of and taken out. */
export const directives: Readonly<Record<string, Directive>> = {
  notes: { form: 'container', attributes: {} },
  ask: {
    form: 'container',
    attributes: {
      step: { pattern: /^\d+$/, written: '`step=12`, the number that the replay shows beside its clock' },
      mark: { pattern: any, written: '`mark="label"`' },
    },
  },
  columns: {
    form: 'container',
    attributes: { widths: { pattern: /^[1-9]\d?(?:[: ][1-9]\d?)+$/, written: '`widths=2:1`' } },
  },
  column: { form: 'container', attributes: {} },
  callout: {
    form: 'container',
    attributes: {
      kind: {
        pattern: new RegExp(`^(?:${calloutKinds.join('|')})$`),
        written: `\`kind=${calloutKinds.join('`, `kind=')}\``,
      },
    },
  },
  fragment: { form: 'container', attributes: { by: { pattern: /^item$/, written: '`by=item`' } } },
  slide: {
    form: 'leaf',
    attributes: {
      class: { pattern: /^[a-zA-Z][\w-]*(?: [a-zA-Z][\w-]*)*$/, written: '`class="name other"`' },
      background: {
        pattern: /^(?:#(?:[\da-f]{3}|[\da-f]{6})|dark|light|.*\.(?:png|jpe?g|gif|webp|avif|svg))$/i,
        written: '`background="#123456"`, `background=dark`, `background=light` or the path of a picture',
      },
      layout: {
        pattern: new RegExp(`^(?:${layoutNames.join('|')})$`),
        written: `\`layout=\` and one of \`${layoutNames.join('`, `')}\``,
      },
    },
  },
  replay: {
    form: 'leaf',
    attributes: {
      from: step('from'),
      to: step('to'),
      mark: { pattern: any, written: '`mark="label"`' },
      views: {
        pattern: new RegExp(`^(?:${panel})(?:,(?:${panel}))*$`),
        written: `\`views=\` and some of \`${views.join(',')}\``,
      },
    },
  },
  include: { form: 'leaf', attributes: { src: { pattern: any, written: '`src=./other.md`' } } },
};

/** The form of a node of the tree. */
export function formOf(type: 'containerDirective' | 'leafDirective'): Directive['form'] {
  return type === 'leafDirective' ? 'leaf' : 'container';
}

/**
 * The directive that a wrong name was probably meant to be, as it is written.
 *
 * @param most Letters that may differ, by default a third of them.
 */
export function meantDirective(name: string, most = Math.max(1, Math.floor(name.length / 3))): string | undefined {
  if (calloutKinds.some((kind) => kind === name)) return `:::callout{kind=${name}}`;
  const nearest = closest(name.toLowerCase(), Object.keys(directives));
  if (distance(name.toLowerCase(), nearest) > most) return undefined;
  return `${directives[nearest]?.form === 'leaf' ? '::' : ':::'}${nearest}`;
}
