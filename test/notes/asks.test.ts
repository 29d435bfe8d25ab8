import { describe, expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

const block = '```python\nprint(1)\n```\n';

describe('a question to the audience', () => {
  test('belongs to the block before it', () => {
    const note = readNote(
      `# A\n\n${block}\n:::ask{step=3}\n누가 *먼저* 끝날까?\n:::\n\n${block}\n:::ask\n:::\n`,
      'a.md',
    );
    expect(note.messages).toEqual([]);
    expect(note.asks).toEqual([
      { block: 'b1', line: 7, question: '누가 먼저 끝날까?', step: 3 },
      { block: 'b2', line: 15 },
    ]);
  });

  test('without a block is text, with a warning', () => {
    const note = readNote('# A\n\n:::ask\nWho?\n:::\n', 'a.md');
    expect(note.asks).toEqual([]);
    expect(note.messages.map(({ line, ruleId }) => [line, ruleId])).toEqual([[3, 'ask-without-block']]);
    expect(note.tree.children.map(({ type }) => type)).toEqual(['heading', 'paragraph']);
  });

  test('with attributes that mean nothing warns at its line', () => {
    const note = readNote(`# A\n\n${block}\n:::ask{step=soon when=later}\n:::\n`, 'a.md');
    expect(note.messages.map(({ line, ruleId, actual }) => [line, ruleId, actual])).toEqual([
      [7, 'directive-attribute', 'step="soon"'],
      [7, 'directive-attribute', 'when'],
    ]);
  });
});
