import { expect, test } from 'vitest';
import { createHighlight } from '../../src/deck/highlight.ts';

const code = '@memo\nasync def f(n: int):\n    # 주석\n    await g(f"{n} 초", 2.5) and None\n';

test('createHighlight() gives lines whose tokens joined are the code', async () => {
  const highlight = await createHighlight(['json', 'klingon']);
  const joined = (text: string, language: string) =>
    highlight(text, language)
      .map((line) => line.map((token) => token.text).join(''))
      .join('\n');
  expect(joined(code, 'python')).toBe(code);
  expect(joined('{"a": [1]}', 'json')).toBe('{"a": [1]}');
  expect(joined('nuqneH\n\nQapla', 'klingon')).toBe('nuqneH\n\nQapla');
});

test('createHighlight() tells the kinds of Python apart', async () => {
  const highlight = await createHighlight();
  const kinds = new Map(
    highlight(code, 'PYTHON'.toLowerCase()).flatMap((line) => line.map((token) => [token.text.trim(), token.kind])),
  );
  expect(Object.fromEntries(kinds)).toMatchObject({
    'async def': 'keyword',
    f: 'function',
    int: 'type',
    '# 주석': 'comment',
    await: 'keyword',
    '2.5': 'number',
    and: 'keyword',
    None: 'constant',
  });
});
