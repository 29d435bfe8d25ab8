import { expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

const read = (network: string) => readNote(`---\ntitle: A\nnetwork:\n${network}---\n\n# A\n`, 'a.md');

test('readNetwork() gives the rules in the order of the note, latencies in seconds', () => {
  const note = read(
    '  https://api.example.com/*: {latency: 200ms, body: {이름: 민아, 나이: 3}}\n' +
      '  shop.example.com:\n    - status: 503\n    - latency: 1.5s\n      headers: {X-Left: 3}\n' +
      '  "*.example.org:8080": {latency: 2, error: refused}\n',
  );
  expect(note.messages).toEqual([]);
  expect(note.frontMatter.network).toEqual([
    { pattern: 'https://api.example.com/*', answers: [{ latency: 0.2, body: { 이름: '민아', 나이: 3 } }] },
    { pattern: 'shop.example.com', answers: [{ status: 503 }, { latency: 1.5, headers: { 'X-Left': '3' } }] },
    { pattern: '*.example.org:8080', answers: [{ latency: 2, error: 'refused' }] },
  ]);
});

test.each([
  ['  a.example: {latncy: 1}\n', '4:15', 'Unknown key `latncy` of an answer in `network`. Did you mean `latency`?'],
  [
    '  a.example:\n    - status: 700\n',
    '5:7',
    '`network`, key `status`: expected an HTTP status such as `404`, found `700`',
  ],
  [
    '  a.example: {latency: soon}\n',
    '4:15',
    '`network`, key `latency`: expected seconds, or a time such as `200ms`, found `"soon"`',
  ],
  [
    '  a.example: {error: gone}\n',
    '4:15',
    '`network`, key `error`: expected `timeout`, `refused`, `dns` or `disconnected`, found `"gone"`',
  ],
  [
    '  a.example:\n    - 3\n',
    '5:7',
    '`network`: `a.example` needs a mapping such as `{status: 404}`, or a list of them',
  ],
  ['  not a url: {status: 200}\n', '4:3', '`network`: `not a url` is no URL pattern'],
  ['  - a.example\n', '4:3', 'Front-matter key `network`: expected a mapping of URL patterns'],
])('readNetwork() refuses %j at its own place', (network, place, reason) => {
  const note = read(network);
  expect(note.frontMatter.network).toBeUndefined();
  expect(note.messages.map(({ line, column, reason, fatal }) => [`${line}:${column}`, reason, fatal])).toEqual([
    [place, reason, true],
  ]);
});

test('readNetwork() writes out what an alias stands for', () => {
  const { frontMatter } = read('  a.example: {body: &it {tea: 1}}\n  b.example: {body: *it}\n');
  expect(frontMatter.network?.[1]?.answers).toEqual([{ body: { tea: 1 } }]);
});

test.each([
  ['a ring', '  a.example: &a {body: [*a]}\n'],
  [
    'a billion values',
    `  a.example:\n    body:\n      - &l0 [x]\n${Array.from({ length: 12 }, (_, n) => `      - &l${n + 1} [${`*l${n}, `.repeat(9)}]\n`).join('')}`,
  ],
])('readNetwork() refuses aliases that make %s', (_, network) => {
  expect(read(network).messages.map(({ ruleId, fatal }) => [ruleId, fatal])).toEqual([['front-matter-yaml', true]]);
});
