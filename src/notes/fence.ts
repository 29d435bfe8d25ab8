import type { Code } from 'mdast';
import { VFile } from 'vfile';
import { meantKey } from './meantKey.ts';
import type { BlockMeta } from './note.ts';
import { report } from './report.ts';

const pythonNames = /^(?:python[23]?|py[23]?|cpython|ipython3?|pycon)$/;
/** The panels of a replay, as `views=` names them. */
export const views = ['code', 'thread', 'queue', 'lanes', 'timers', 'resources', 'variables', 'console'];

/** A key with its reader, which gives `undefined` for a value that it cannot read. */
interface Key {
  readonly read: (value: string) => BlockMeta | undefined;
  /** What the key alone says. */
  readonly bare?: BlockMeta;
  /** How it is written. */
  readonly written: string;
}

const title: Key = { read: (value) => ({ title: value }), written: '`title="…"`' };

/**
 * The keys of a fence's meta string. Those of other tools that notes are written for are taken in or, with `null`, passed
 * over.
 */
const keys: Readonly<Record<string, Key | null>> = {
  title,
  filename: title,
  file: title,
  name: title,
  hl_lines: { read: (value) => lineRanges(value.trim().replace(/\s+/g, ',')), written: '`hl_lines="1 3-5"`' },
  replay: {
    read: (value) => (/^(?:on|off|true|false)$/.test(value) ? { replay: /^(?:on|true)$/.test(value) } : undefined),
    written: '`replay=on` or `replay=off`',
  },
  views: {
    read: (value) => {
      const shown = value.split(',').map((view) => view.trim());
      return shown.every((view) => views.includes(view)) ? { views: shown } : undefined;
    },
    written: `\`views=\` and some of \`${views.join(',')}\``,
  },
  engine: {
    read: (value) => (value === 'pyodide' || value === 'cpython' ? { engine: value } : undefined),
    written: '`engine=pyodide` or `engine=cpython`',
  },
  watch: {
    read: (value) =>
      /^(?:[\p{L}_][\p{L}\p{N}_]*(?:,(?=.)|$))+$/u.test(value) ? { watch: value.split(',') } : undefined,
    written: '`watch=` and names of variables, such as `watch=total,latest`',
  },
  expect: {
    read: (value) => (/^[\w.]+$/.test(value) ? { expect: value } : undefined),
    written: '`expect=` and an exception, such as `expect=ValueError`',
  },
  morph: { read: () => undefined, bare: { morph: true }, written: '`morph` alone' },
  linenums: null,
  showLineNumbers: null,
  'line-numbers': null,
  numberLines: null,
  copy: null,
};

/** The keys of our own, in the order of the documentation. */
const ownKeys = ['title', 'replay', 'views', 'engine', 'expect', 'watch', 'morph'];

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

/**
 * What the meta string of a fence in any other language says of how it is shown; what it says besides is meant for
 * other tools.
 */
export function fenceLook(node: Code): Pick<BlockMeta, 'title' | 'lines' | 'morph'> {
  const { title: name, lines, morph } = fenceMeta(node, new VFile());
  return { ...(name ? { title: name } : {}), ...(lines ? { lines } : {}), ...(morph ? { morph } : {}) };
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
      else complain(file, node, whole, 'lines such as `{1-3|5}`');
      continue;
    }
    const [, key = whole, ...values] = found ?? [];
    const value = values.find((candidate) => candidate !== undefined);
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known === null) continue;
    const read = value === undefined ? known?.bare : known?.read(value);
    const meant = known ? null : meantKey(key, ownKeys);
    if (read) meta = { ...meta, ...read };
    else complain(file, node, whole, known?.written ?? (meant === null ? undefined : keys[meant]?.written));
  }
  return meta;
}

function lineRanges(value: string): BlockMeta | undefined {
  const compact = value.replace(/\s+/g, '');
  return /^\d+(?:-\d+)?(?:[,|]\d+(?:-\d+)?)*$/.test(compact) ? { lines: compact } : undefined;
}

/** @param written How it would be right; undefined where nobody knows what was meant. */
function complain(file: VFile, node: Code, actual: string, written: string | undefined): void {
  report(file, `The fence's \`${actual}\` means nothing here`, {
    place: node.position?.start,
    rule: 'fence-meta',
    actual,
    expected: ['{1-3|5}', ...ownKeys.map((key) => (keys[key]?.bare ? key : `${key}=…`))],
    fix: written
      ? `Write ${written}, or take it out of the line that opens the fence.`
      : 'Take it out of the line that opens the fence.',
  });
}
