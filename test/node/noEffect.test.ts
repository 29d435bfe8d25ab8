import { expect, test } from 'vitest';
import { noEffectWarnings } from '../../src/node/noEffect.ts';
import { readNote } from '../../src/notes/read.ts';

test('noEffectWarnings() names each key that does nothing yet, at its line', () => {
  const text = '---\ntitle: A\naspect: "4:3"\n---\n\n# A\n\n```python\npass\n```\n';
  const warnings = noEffectWarnings(readNote(text, 'a.md'));
  expect(warnings.map(({ line, reason, fatal }) => [line, reason, fatal])).toEqual([
    [3, 'front-matter key `aspect` has no effect yet', false],
  ]);
  expect(noEffectWarnings(readNote('# A\n', 'a.md'))).toEqual([]);
});
