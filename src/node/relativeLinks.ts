import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { Position } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFileMessage } from 'vfile-message';
import { anchorOf } from '../notes/anchor.ts';
import type { Note } from '../notes/note.ts';
import { readNote } from '../notes/read.ts';
import { noteProblem } from './problems.ts';

/** Tells of links to files, notes and headings that are not there, each as `actual`. The network is not asked. */
export async function deadRelativeLinks(note: Note): Promise<VFileMessage[]> {
  const problems: VFileMessage[] = [];
  for (const { url, position } of links(note)) {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(url) || url === '' || url === '#') continue;
    const [path = '', anchor = ''] = split(url);
    const target = path === '' ? note.path : await found(resolve(dirname(note.path), path));
    if (target === undefined) {
      const reason = `link \`${url}\` leads nowhere: there is no \`${path}\` beside the note`;
      problems.push(dead(url, reason, position, 'Correct it, or add the file.'));
    } else if (anchor !== '' && /\.(?:md|markdown)$/i.test(target)) {
      const linked = target === note.path ? note : readNote(await readFile(target, 'utf8'), target);
      if (anchors(linked).has(anchorOf(anchor))) continue;
      const reason = `link \`${url}\` leads to a heading that is not there`;
      problems.push(dead(url, reason, position, 'Correct the part behind `#`.'));
    }
  }
  return problems;
}

function dead(url: string, reason: string, position: Position | undefined, fix: string): VFileMessage {
  const message = noteProblem(reason, position, 'link-dead', fix);
  message.actual = url;
  return message;
}

function split(url: string): [string, string] {
  const [path = '', anchor = ''] = url.split('#');
  return [decoded(path.replace(/\?.*$/, '')), decoded(anchor)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The file that an address stands for; sites leave the ending of notes out, or name a folder. */
async function found(path: string): Promise<string | undefined> {
  for (const candidate of [
    path,
    `${path}.md`,
    path.replace(/\.html?$/, '.md'),
    join(path, 'index.md'),
    join(path, 'README.md'),
  ]) {
    const entry = await stat(candidate).catch(() => undefined);
    if (entry) return candidate;
  }
  return undefined;
}

function* links(note: Note): Generator<{ readonly url: string; readonly position: Position | undefined }> {
  const all: { url: string; position: Position | undefined }[] = [];
  visit(note.tree, (node) => {
    if (node.type === 'link' || node.type === 'definition') all.push({ url: node.url, position: node.position });
    if (node.type === 'html') {
      for (const [, , url = ''] of node.value.matchAll(/<a\b[^>]*?\shref\s*=\s*(["'])(.*?)\1/gi)) {
        all.push({ url, position: node.position });
      }
    }
  });
  yield* all;
}

/** The names by which headings of a note can be reached, as GitHub gives them, and those of its HTML. */
function anchors(note: Note): Set<string> {
  const names = new Set<string>();
  const counts = new Map<string, number>();
  visit(note.tree, (node: Nodes) => {
    if (node.type === 'heading') {
      const name = anchorOf(plainText(node));
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      names.add(count === 0 ? name : `${name}-${count}`);
    } else if (node.type === 'html') {
      for (const [, , name = ''] of node.value.matchAll(/\s(?:id|name)\s*=\s*(["'])(.*?)\1/gi))
        names.add(anchorOf(name));
    } else if (node.type === 'footnoteDefinition') names.add(anchorOf(`user-content-fn-${node.identifier}`));
  });
  return names;
}
