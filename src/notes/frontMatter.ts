import type { Root } from 'mdast';
import type { Point } from 'unist';
import * as v from 'valibot';
import type { VFile } from 'vfile';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { meantKey } from './meantKey.ts';
import { readNetwork } from './network.ts';
import type { FrontMatter } from './note.ts';
import { report } from './report.ts';

/** YAML reads `title: 2024` as a number; what an author writes there is always text. */
const words = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'expected a text'),
  v.transform((value) => String(value)),
);

const schema = v.strictObject({
  title: v.optional(words),
  subtitle: v.optional(words),
  author: v.optional(words),
  date: v.optional(words),
  lang: v.optional(
    v.pipe(v.string('expected a language tag'), v.regex(/^[a-z]{2,3}(-[a-z0-9]+)*$/i, 'expected a language tag')),
  ),
  theme: v.optional(words),
  scheme: v.optional(v.picklist(['light', 'dark', 'auto'], 'expected `light`, `dark` or `auto`')),
  aspect: v.optional(v.pipe(words, v.regex(/^\d+:\d+$/, 'expected a ratio such as `"16:9"`'))),
  split: v.optional(words),
  replay: v.optional(v.boolean('expected `true` or `false`')),
  agenda: v.optional(v.boolean('expected `true` or `false`')),
  engine: v.optional(v.picklist(['pyodide', 'cpython'], 'expected `pyodide` or `cpython`')),
  network: v.optional(v.unknown()),
  site: v.optional(
    v.pipe(
      v.string('expected an address'),
      v.check(isWebAddress, 'expected an address such as `https://example.org/course/`'),
      v.transform((address) => (address.endsWith('/') ? address : `${address}/`)),
    ),
  ),
  header: v.optional(words),
  footer: v.optional(words),
});

/** Whether it is a folder of the web: addresses are put together by writing a deck's name behind it. */
function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^/?#\s]+[^?#\s]*$/.test(address) && URL.canParse(address);
}

/** The keys that front matter may hold, in the order of the documentation. */
const frontMatterKeys = Object.keys(schema.entries);

/**
 * Reads the YAML at the top of a note.
 *
 * @param tree The note's tree; its first child is a `yaml` node if there is front matter.
 * @param file Takes the messages, all of them fatal: YAML that cannot be parsed, an unknown key (naming the nearest
 * known one), a value of the wrong kind.
 * @returns What could be read; empty when there is none or when it is broken.
 */
export function readFrontMatter(tree: Root, file: VFile): FrontMatter {
  const yaml = tree.children[0];
  if (yaml?.type !== 'yaml') return {};
  const above = yaml.position?.start.line ?? 1;
  const lines = new LineCounter();
  const document = parseDocument(yaml.value, { lineCounter: lines });
  const pointAt = (offset: number): Point => {
    const { line, col } = lines.linePos(offset);
    return { line: line + above, column: col };
  };

  const broken = document.errors[0];
  if (broken) {
    report(file, `Front matter is not valid YAML: ${firstSentence(broken.message)}`, {
      place: pointAt(broken.pos[0]),
      rule: 'front-matter-yaml',
      fix: 'Write one `key: value` a line; put quotes around a value that holds `: ` or starts with a special character.',
      fatal: true,
    });
    return {};
  }
  if (document.contents === null) return {};
  if (!isMap(document.contents)) {
    report(file, 'Front matter is not a mapping', {
      place: yaml,
      rule: 'front-matter-yaml',
      expected: ['key: value'],
      fix: 'Write one `key: value` a line between the two `---`.',
      fatal: true,
    });
    return {};
  }

  const keyPoints = new Map<string, Point>();
  for (const { key } of document.contents.items)
    if (isScalar(key) && key.range) keyPoints.set(String(key.value), pointAt(key.range[0]));

  const values = plainValues(document);
  if (values === undefined) {
    report(file, 'Front matter refers to itself, or to so much that it has no end', {
      place: yaml,
      rule: 'front-matter-yaml',
      fix: 'Write the values out where `*name` stands.',
      fatal: true,
    });
    return {};
  }
  const result = v.safeParse(schema, values);
  if (result.success) {
    const { network: given, ...plain } = result.output;
    if (given === undefined) return plain as FrontMatter;
    const network = readNetwork(document, file, pointAt);
    return (network ? { ...plain, network } : plain) as FrontMatter;
  }
  for (const issue of result.issues) {
    const key = String(issue.path?.[0]?.key ?? '');
    const place = keyPoints.get(key) ?? yaml;
    if (issue.type === 'strict_object') {
      const meant = meantKey(key, frontMatterKeys);
      report(file, `Unknown front-matter key \`${key}\`.${meant ? ` Did you mean \`${meant}\`?` : ''}`, {
        place,
        rule: 'front-matter-key',
        actual: key,
        expected: frontMatterKeys,
        fix: meant ? `Write \`${meant}\` or remove the line.` : 'Remove the line.',
        fatal: true,
      });
    } else {
      report(file, `Front-matter key \`${key}\`: ${issue.message}, found \`${issue.received}\``, {
        place,
        rule: 'front-matter-value',
        actual: issue.received,
        fix: `Correct the value of \`${key}\` or remove the line.`,
        fatal: true,
      });
    }
  }
  return {};
}

/** Its values as JSON has them; undefined where aliases make a ring, or more than anybody would write. */
function plainValues(document: Document): unknown {
  try {
    const values: unknown = document.toJS();
    JSON.stringify(values);
    return values;
  } catch {
    return undefined;
  }
}

/** The yaml package puts a drawing of the place behind its first line. */
function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
