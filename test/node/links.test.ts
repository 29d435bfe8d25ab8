import { expect, test } from 'vitest';
import { deadLinks } from '../../src/node/links.ts';
import { readNote } from '../../src/notes/read.ts';

test('deadLinks() names links to notes without a deck, and no others', () => {
  const note = readNote(
    '[a](./a.md) [b](b.md#part)\n\n[c](./c) [web](https://example.org/x.md) [here](#top)\n',
    'n.md',
  );
  expect(
    deadLinks(note, new Set(['a']), new Set()).map(({ line, reason, fatal }) => [line, reason.split('`')[1], fatal]),
  ).toEqual([
    [1, 'b.md#part', false],
    [3, './c', false],
  ]);
});
