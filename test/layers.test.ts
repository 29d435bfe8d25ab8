import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** The table of `src/README.md`: what each folder may import of ours. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  text: [],
  notes: ['text'],
  trace: [],
  replay: ['trace', 'text'],
  deck: ['notes', 'text'],
  browser: ['replay', 'trace', 'text'],
  check: ['notes', 'text'],
  inspect: [],
  node: ['text', 'notes', 'trace', 'replay', 'deck', 'check', 'inspect'],
  'cli.ts': ['node'],
};
const pure = ['text', 'notes', 'trace', 'replay', 'deck', 'check'];
const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(?:ts|mts|js|mjs)$/.test(path),
);

const stationOf = (path: string) => path.split(sep)[0] ?? '';
const importsOf = (path: string) =>
  ts.preProcessFile(readFileSync(join(root, path), 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);

/** Every identifier that stands for itself: not a property's name, not in a type, not declared in the file. */
function globalsOf(path: string): Set<string> {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isTypeElement(node)) return;
    if (
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node) ||
        ts.isFunctionDeclaration(node)) &&
      node.name &&
      ts.isIdentifier(node.name)
    ) {
      declared.add(node.name.text);
    }
    if (ts.isPropertyAccessExpression(node)) {
      visit(node.expression);
      if (ts.isIdentifier(node.expression)) used.add(`${node.expression.text}.${node.name.text}`);
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      visit(node.initializer);
      return;
    }
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...used].filter((name) => !declared.has(name.split('.')[0] ?? '')));
}

describe('the import layers', () => {
  test('know every folder of src', () => {
    const stations = new Set(files.map(stationOf));
    expect([...stations].filter((station) => !(station in allowed))).toEqual([]);
  });

  test.each(files)('%s imports only what its station may', (path) => {
    const station = stationOf(path);
    const wrong = importsOf(path)
      .filter((name) => name.startsWith('.'))
      .map((name) => stationOf(relative(root, join(root, dirname(path), name))))
      .filter((other) => other !== station && !allowed[station]?.includes(other));
    expect(wrong).toEqual([]);
  });

  test.each(files.filter((path) => pure.includes(stationOf(path))))('%s is pure', (path) => {
    const modules = importsOf(path).filter((name) => name.startsWith('node:'));
    const forbidden = ['window', 'document', 'process', 'Date', 'Date.now', 'Math.random', 'globalThis', 'performance'];
    const used = globalsOf(path);
    expect([...modules, ...forbidden.filter((name) => used.has(name))]).toEqual([]);
  });
});
