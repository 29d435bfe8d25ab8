import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code, Html, Image, Nodes, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { beforeAll, describe, expect, test } from 'vitest';
import { exporting } from './exporting.ts';

/** Lines that are written otherwise, and what stands in their place. */
const front = `---
title: 서점의 하루
subtitle: 책과 사람
author: 한책방
---
`;
const note = `${front}
# 서점

*기울임*과  빈칸 둘,	탭; 밑줄__도__ 그대로.[^주]

[^주]: 발치의 글 하나.

## 계산대

\`\`\`python title="till.py"
import asyncio

async def pay(name, seconds):
    await asyncio.sleep(seconds)
    print(name, "계산 끝")

async def main():
    await asyncio.gather(pay("가", 2), pay("나", 1))

asyncio.run(main())
\`\`\`

:::callout[줄을 서세요]{kind=tip}
먼저 온 사람이 먼저다.

\`\`\`python
print("\`\`\`")
\`\`\`
:::

> [!CAUTION]
> 문을 닫는다.
>
> - 불도 끈다.

:::columns
왼쪽 이야기.

---

오른쪽 이야기.
:::

:::notes
여기서 웃는다.
:::

::slide{background=dark}

- 목록 안

  \`\`\`python
  print("안쪽")
  raise ValueError("책이 없다")
  \`\`\`

## 약속한 출력

\`\`\`python
print(6 * 7)
\`\`\`

\`\`\`
42
\`\`\`

\`\`\`python
import bookshelf_never_made
\`\`\`

![책 <한> 권](<책 그림.png> "표지"){width=50%} 옆의 글.

[![책](<책 그림.png>)](https://example.org/a(b)) <img src="책 그림.png">

[다음](./next.md)과 [표](#계산대).

::include{src=shelf/more.md}

## 둘로 나눈 실행

\`\`\`python
import asyncio

async def turn():
    await asyncio.sleep(1)  # !mark 잔다
    await asyncio.sleep(1)

asyncio.run(turn())
\`\`\`

::replay{from=잔다}

## 연습 문제

몇 초가 걸릴까?

정답:

2초.

## 맺음

끝.
`;
const more = '선반 이야기 ![점](dot.png) [옆](side.md)\n\n```python\nprint("선반의 블록")\n```\n';
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

const { folder, run, read, list } = exporting('shop', note);
let text = '';
let tree: Root;
const all = <Type extends Nodes>(type: Type['type']): Type[] => {
  const found: Type[] = [];
  visit(tree, type, (node) => {
    found.push(node as Type);
  });
  return found;
};

beforeAll(() => {
  mkdirSync(join(folder, 'shelf'));
  writeFileSync(join(folder, '책 그림.png'), pixel);
  writeFileSync(join(folder, 'shelf', 'dot.png'), Buffer.concat([pixel, Buffer.from(' ')]));
  writeFileSync(join(folder, 'shelf', 'more.md'), more);
  const { status, stderr } = run('export', 'shop.md', '--md', '--browser', '/none/chrome');
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  text = read('out/shop.md').toString();
  tree = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).parse(text);
});

describe('loopreel export --md', () => {
  test('keeps every line of the author as it is, but for directives, front matter and addresses of pictures', () => {
    const otherwise = /^:::|^::(?:slide|include|replay)|^---$|책 그림|^정답:$|^(?:title|subtitle|author):/;
    const lines = new Set(text.split('\n').flatMap((line) => [line, line.replace(/^> /, '')]));
    for (const line of note.split('\n')) if (!otherwise.test(line)) expect(lines).toContain(line);
  });

  test('begins with the title, and what front matter says besides', () => {
    expect(text).toMatch(/^# 서점\n\n서점의 하루\n\n책과 사람\n\n한책방\n\n\*기울임\*/);
    expect(all('yaml')).toEqual([]);
  });

  test('has the real output below each block, where the note shows none', () => {
    const codes = all<Code>('code').map(({ lang, value }) => [lang, value]);
    const outputs = codes.filter(([lang]) => lang === 'text').map(([, value]) => value);
    expect(outputs).toEqual(['나 계산 끝\n가 계산 끝', '```', '안쪽', 'ValueError: 책이 없다', '선반의 블록']);
    expect(text).toContain('**till.py**\n\n```python title="till.py"');
    expect(text).toContain('  ```\n\n  ```text\n  안쪽\n  ```\n\n  > **2행에서 예외**\n');
    expect(text).toContain('> **실행하지 않음:** Python에 없는 패키지 `bookshelf_never_made` 필요');
  });

  test('replays are pictures that lie beside it, with a sentence for each key step', () => {
    const pictures = all<Image>('image').map(({ url }) => url);
    expect(pictures.filter((url) => url.endsWith('.svg'))).toEqual(['shop-pictures/b1.svg', 'shop-pictures/b7-1.svg']);
    for (const url of pictures) expect(list('out')).toContain(decodeURI(url));
    expect(list('out').filter((path) => path.endsWith('.svg'))).toHaveLength(2);
    const svg = read('out/shop-pictures/b1.svg').toString();
    expect(svg).not.toContain('@keyframes');
    expect(text).toMatch(/<details>\n<summary>실행 과정: 주요 단계 \d+개<\/summary>\n\n1\. /);
  });

  test('directives are what GitHub knows', () => {
    expect(text).toContain('> [!TIP]\n> **줄을 서세요**\n>\n> 먼저 온 사람이 먼저다.\n>\n> ```python\n');
    expect(text).toContain('> ````text\n> ```\n> ````');
    expect(text).toContain('\n\n> [!CAUTION]\n> 문을 닫는다.\n>\n> - 불도 끈다.\n\n');
    expect(text).toContain('왼쪽 이야기.\n\n오른쪽 이야기.\n');
    expect(text).toContain('<details>\n<summary>발표자 노트</summary>\n\n여기서 웃는다.\n\n</details>');
    expect(text).toContain('<details>\n<summary>정답</summary>\n\n2초.\n\n</details>\n\n## 맺음');
    expect(text).not.toMatch(/^::/m);
    const opened = all<Html>('html').filter(({ value }) => value.includes('<details>')).length;
    expect(all<Html>('html').filter(({ value }) => value.includes('</details>'))).toHaveLength(opened);
  });

  test('pictures of the note lie beside it, captions and widths as GitHub shows them', () => {
    const [, picture = ''] =
      /<img src="(shop-pictures\/[^"]*)" alt="책 &lt;한> 권" width="50%">\n\n\*표지\*/.exec(text) ?? [];
    expect(read(`out/${decodeURI(picture)}`).equals(pixel)).toBe(true);
    expect(text).toContain(`[![책](${picture})](https://example.org/a(b)) <img src="${picture}">`);
    expect(text).toContain('옆의 글.');
    expect(text).toMatch(/선반 이야기 !\[점\]\(shop-pictures\/[\da-f]{8}-dot\.png\) \[옆\]\(shelf\/side\.md\)/);
    expect(text).toContain('[다음](./next.md)과 [표](#계산대).');
    expect(text).not.toContain('data:');
  });

  test('footnotes are kept', () => {
    expect(all('footnoteReference')).toHaveLength(1);
    expect(all('footnoteDefinition')).toHaveLength(1);
  });

  test('never takes the place of the note itself', () => {
    const { status, stderr } = run('export', 'shop.md', '--md', '-o', '.');
    expect(stderr).toContain('`shop.md` exists and was not made by loopreel; move it away or choose another --out');
    expect(status).toBe(1);
    expect(read('shop.md').toString()).toBe(note);
  });

  test('the same note gives the same bytes, and pictures that are no longer shown go', () => {
    expect(run('export', 'shop.md', '--md', '--no-cache', '-o', 'again').status).toBe(0);
    expect(read('again/shop.md').toString()).toBe(text);
    writeFileSync(join(folder, 'shop.md'), '# 서점\n\n닫았다.\n');
    expect(run('export', 'shop.md', '--md', '-o', 'again').status).toBe(0);
    expect(list('again')).toEqual(['.loopreel.json', 'shop.md']);
    expect(read('again/shop.md').toString()).toBe('# 서점\n\n닫았다.\n');
  });
});
