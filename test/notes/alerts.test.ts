import { toString as plainText } from 'mdast-util-to-string';
import { expect, test } from 'vitest';
import { readNote } from '../../src/notes/read.ts';

/** `kind: text|text` of each block, callouts with theirs. */
const blocks = (source: string) =>
  readNote(source, 'a.md').tree.children.map((node) =>
    node.type === 'containerDirective'
      ? `${node.attributes?.kind}: ${node.children.map((child) => `${child.type} ${plainText(child)}`).join('|')}`
      : node.type,
  );

test.each([
  ['> [!NOTE]\n> 기다림은 쉬는 것이 아니다.', 'note: paragraph 기다림은 쉬는 것이 아니다.'],
  ['> [!TIP]\n>\n> 한 줄\n>\n> - 가\n> - 나', 'tip: paragraph 한 줄|list 가나'],
  ['> [!important]  \n> **굵게** 쓴 말', 'important: paragraph 굵게 쓴 말'],
  ['> [!WARNING]\n> `time.sleep` 은 모두를 세운다', 'warning: paragraph time.sleep 은 모두를 세운다'],
  ['> [!CAUTION]\n> ```python\n> print(1)\n> ```', 'caution: code print(1)'],
])('readNote() makes a callout of %j', (source, expected) => {
  expect(blocks(source)).toEqual([expected]);
});

test.each([
  '> [!DANGER]\n> 그런 것은 없다',
  '> [!NOTE] 한 줄에',
  '> [!NOTE]**굵게**',
  '> [!NOTE]',
  '> 말 [!NOTE]\n> 말',
  '> [NOTE]\n> 말',
  '> \\[!NOTE]x\n> 말',
])('readNote() leaves the quote %j', (source) => {
  expect(blocks(source)).toEqual(['blockquote']);
});

test('readNote() finds alerts in directives, and none in lists or quotes', () => {
  const note = readNote(':::fragment\n> [!TIP]\n> 안\n:::\n\n- > [!TIP]\n  > 목록\n\n> > [!TIP]\n> > 인용\n', 'a.md');
  const [fragment, list, quote] = note.tree.children;
  expect(fragment?.type === 'containerDirective' && fragment.children[0]?.type).toBe('containerDirective');
  expect(JSON.stringify([list, quote])).not.toContain('containerDirective');
});

test('readNote() runs the blocks of alerts, at their own lines', () => {
  const { blocks, tree } = readNote('글\n\n> [!NOTE]\n> ```python\n> print(1)\n> ```\n', 'a.md');
  expect(blocks.map(({ id, line }) => `${id} ${line}`)).toEqual(['b1 4']);
  expect(tree.children[1]?.position?.start.line).toBe(3);
});
