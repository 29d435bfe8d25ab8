import type { Code, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { BlockMeta } from './note.ts';
import { report } from './report.ts';

const pythonNames = /^(?:python[23]?|py[23]?|cpython|ipython3?|pycon)$/;
const views = ['code', 'thread', 'queue', 'lanes', 'timers', 'resources', 'variables', 'console'];

/** Reads the value of one key; `undefined` when it cannot be read. `null` keys are known and mean nothing to us. */
type KeyReader = (value: string) => BlockMeta | undefined;

/** The keys of a fence's meta string. Those of other tools that notes are written for are taken in or passed over. */
const keys: Readonly<Record<string, KeyReader | null>> = {
  title: (value) => ({ title: value }),
  filename: (value) => ({ title: value }),
  file: (value) => ({ title: value }),
  name: (value) => ({ title: value }),
  hl_lines: (value) => lineRanges(value.trim().replace(/\s+/g, ',')),
  replay: (value) => (/^(?:on|off|true|false)$/.test(value) ? { replay: /^(?:on|true)$/.test(value) } : undefined),
  views: (value) => ({ views: value.split(',').map((view) => view.trim()) }),
  engine: (value) => (value === 'pyodide' || value === 'cpython' ? { engine: value } : undefined),
  watch: (value) =>
    /^(?:[\p{L}_][\p{L}\p{N}_]*(?:,(?=.)|$))+$/u.test(value) ? { watch: value.split(',') } : undefined,
  expect: (value) => (/^[\w.]+$/.test(value) ? { expect: value } : undefined),
  linenums: null,
  showLineNumbers: null,
  'line-numbers': null,
  numberLines: null,
  copy: null,
};

/**
 * The language that a fence's info string names.
 *
 * @returns Lower case, `''` for an untagged fence: `PYTHON` → `python`, `python:c1.py` and `{.python .numberLines}` →
 * `python`.
 */
export function fenceLanguage(node: Code): string {
  const first = (node.lang ?? '').toLowerCase();
  const braced = /^\{\s*\.?([\w+#-]*)/.exec(first);
  if (braced) return /\d/.test(braced[1]?.[0] ?? '') ? '' : (braced[1] ?? '');
  return first.split(/[:{,]/)[0] ?? '';
}

/** The languages of all fences below a node, for whoever colours them. */
export function fenceLanguages(tree: Root): string[] {
  const languages: string[] = [];
  visit(tree, 'code', (node) => {
    languages.push(fenceLanguage(node));
  });
  return languages;
}

/** Whether a fence language (see {@link fenceLanguage}) is one of Python's names. */
export function isPythonName(language: string): boolean {
  return pythonNames.test(language);
}

/**
 * Reads a Python fence's meta string.
 *
 * @param node The fence.
 * @param file Takes a warning for each key or value that means nothing.
 */
export function fenceMeta(node: Code, file: VFile): BlockMeta {
  let meta: BlockMeta = {};
  const lang = node.lang ?? '';
  const named = /^[\w+#-]+:(.+)$/.exec(lang);
  if (named?.[1]) meta = { title: named[1] };
  const glued = /^[\w+#-]+(\{.*)$/.exec(lang)?.[1] ?? '';
  const info = lang.startsWith('{') ? `${lang} ${node.meta ?? ''}` : `${glued} ${node.meta ?? ''}`;
  // Pandoc's `{.python .numberLines title="a"}`: classes mean nothing to us.
  let rest = (
    /^\{\s*\.?[A-Za-z]/.test(info) ? info.replace(/^\{|\}\s*$/g, '').replace(/^\w+|\.[\w-]+/g, '') : info
  ).trim();

  while (rest) {
    const found =
      /^\{([^}]*)\}/.exec(rest) ??
      /^([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?(?=\s|$|\})/.exec(rest) ??
      /^\S+/.exec(rest);
    const whole = found?.[0] ?? rest;
    rest = rest.slice(whole.length).trim();
    if (whole.startsWith('{')) {
      const read = lineRanges(found?.[1] ?? '');
      if (read) meta = { ...meta, ...read };
      else complain(file, node, whole, '{1-3|5}');
      continue;
    }
    const [, key = whole, ...values] = found ?? [];
    const value = values.find((candidate) => candidate !== undefined);
    const reader = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (reader === null) continue;
    const read = reader && value !== undefined ? reader(value) : undefined;
    if (read) meta = { ...meta, ...read };
    else complain(file, node, whole, reader ? `${key}=…` : undefined);
  }
  const unknown = meta.views?.find((view) => !views.includes(view));
  if (unknown !== undefined) complain(file, node, `views=${unknown}`, `views=${views.join(',')}`);
  return meta;
}

function lineRanges(value: string): BlockMeta | undefined {
  const compact = value.replace(/\s+/g, '');
  return /^\d+(?:-\d+)?(?:[,|]\d+(?:-\d+)?)*$/.test(compact) ? { lines: compact } : undefined;
}

function complain(file: VFile, node: Code, actual: string, expected: string | undefined): void {
  report(file, `The fence's \`${actual}\` means nothing here`, {
    place: node.position?.start,
    rule: 'fence-meta',
    actual,
    expected: expected
      ? [expected]
      : ['{1-3|5}', 'replay=off', 'views=…', 'engine=cpython', 'expect=…', 'watch=a,b', 'title="…"'],
    fix: 'Correct it or take it out of the line that opens the fence.',
  });
}
