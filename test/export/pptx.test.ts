import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { readZip } from '../../src/node/zip.ts';
import { exporting } from './exporting.ts';

const note = `---
title: 우체국의 하루
author: 나우편
date: 2026-03-02
---

# 우체국의 하루

## 글

**굵은 글**과 \`코드\`, [바깥](https://docs.python.org/3/?a=1&b=2), [아래](#목록)와 3 < 5 & "따옴표".

:::notes
먼저 **인사**한다 &amp; 묻는다.

- 첫째
- 둘째
:::

## 목록

- 편지
  - 등기
- 소포

3. 셋째
4. 넷째

- [x] 보낸 것
- [ ] 남은 것

* 성긴 하나

* 성긴 둘

## 표

| 이름 | 값 |
|:--|--:|
| \`우표\` | 430원 |
| 엽서 | **400원** |

## 수식

줄 안의 $t_1 + x^2$이다.

$$
T = \\max(t_1, t_2)
$$

## 배달

\`\`\`python
import asyncio

async def deliver(name):
    await asyncio.sleep(1)
    print(name, "도착")

async def main():
    await asyncio.gather(deliver("편지"), deliver("소포"))

asyncio.run(main())
\`\`\`

## 긴 장부

\`\`\`python
${Array.from({ length: 44 }, (_, n) => `value_${n + 1} = ${n + 1}`).join('\n')}
\`\`\`

## 글

같은 제목의 다른 장.
`;

const { folder, run, read } = exporting('post', note);
let parts: ReadonlyMap<string, string>;
let pictures: ReadonlyMap<string, Uint8Array>;
let site: Document;

beforeAll(async () => {
  const { status, stderr } = run('export', 'post.md', '--pptx');
  expect([status, stderr]).toEqual([0, '']);
  const entries = await readZip(read('out/post.pptx'));
  parts = new Map(
    entries.filter(({ name }) => !name.endsWith('.png')).map(({ name, data }) => [name, Buffer.from(data).toString()]),
  );
  pictures = new Map(entries.filter(({ name }) => name.endsWith('.png')).map(({ name, data }) => [name, data]));
  expect(run('build', 'post.md', '-o', 'site').status).toBe(0);
  site = new JSDOM(read('site/post/index.html')).window.document;
});

const part = (name: string) => parts.get(name) ?? '';
const xml = (text: string) => new JSDOM(text, { contentType: 'application/xml' }).window.document;
/** Slides in order, by number. */
const slides = () =>
  Array.from(
    { length: [...parts.keys()].filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).length },
    (_, n) => {
      const text = part(`ppt/slides/slide${n + 1}.xml`);
      return { number: n + 1, text, id: xml(text).getElementsByTagName('p:cSld')[0]?.getAttribute('name') ?? '' };
    },
  );
const slide = (id: string) => slides().find((one) => one.id === id) ?? { number: 0, text: '', id };
/** All text of a slide but its number, without white space. */
const textOf = (text: string) =>
  [...xml(text).getElementsByTagName('a:r')]
    .map(({ textContent }) => textContent)
    .join('')
    .replace(/\s/g, '');

describe('loopreel export --pptx', () => {
  test('every part is well-formed, and every picture whole', () => {
    for (const [name, text] of parts) expect(() => xml(text), name).not.toThrow();
    expect(pictures.size).toBeGreaterThan(4);
    for (const data of pictures.values()) expect(Buffer.from(data).toString('latin1', 1, 4)).toBe('PNG');
  });

  test('the archive tells the right sums and a fixed day', async () => {
    const file = read('out/post.pptx');
    let at = 0;
    for (const { name, data } of await readZip(file)) {
      expect(file.toString('latin1', at, at + 4), name).toBe('PK\x03\x04');
      expect(file.readUInt16LE(at + 12), name).toBe(0x0021);
      expect(file.readUInt32LE(at + 14), name).toBe(crc32(data));
      expect(file.readUInt32LE(at + 22), name).toBe(data.length);
      at += 30 + file.readUInt16LE(at + 26) + file.readUInt32LE(at + 18);
    }
    expect(file.toString('latin1', at, at + 4)).toBe('PK\x01\x02');
  });

  test('every relationship leads to a part, every part has a type', () => {
    const names = new Set([...parts.keys(), ...pictures.keys()]);
    for (const [name, text] of parts) {
      if (!name.endsWith('.rels')) continue;
      const base = `https://package/${name.replace(/_rels\/([^/]*)\.rels$/, '$1')}`;
      const ids = new Set<string>();
      for (const relation of xml(text).getElementsByTagName('Relationship')) {
        ids.add(relation.getAttribute('Id') ?? '');
        if (relation.getAttribute('TargetMode') === 'External') continue;
        expect(names, name).toContain(new URL(relation.getAttribute('Target') ?? '', base).pathname.slice(1));
      }
      const owner = part(name.replace(/_rels\/([^/]*)\.rels$/, '$1'));
      for (const [, id = ''] of owner.matchAll(/\sr:(?:id|embed)="([^"]*)"/g)) expect(ids, name).toContain(id);
    }
    const types = xml(part('[Content_Types].xml'));
    const defaults = new Set([...types.getElementsByTagName('Default')].map((type) => type.getAttribute('Extension')));
    const overrides = new Set(
      [...types.getElementsByTagName('Override')].map((type) => type.getAttribute('PartName')?.slice(1)),
    );
    for (const name of overrides) expect(names).toContain(name);
    for (const name of names) {
      if (name === '[Content_Types].xml') continue;
      expect(
        overrides.has(name) || (defaults.has(name.split('.').at(-1) ?? '') && /\.(?:rels|png)$/.test(name)),
        name,
      ).toBe(true);
    }
  });

  test('shape ids are distinct within a slide', () => {
    for (const { text, number } of slides()) {
      const ids = [...text.matchAll(/<p:cNvPr id="(\d+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, `slide ${number}`).toBe(ids.length);
    }
  });

  test('says what the deck says, slide by slide', () => {
    let compared = 0;
    for (const section of site.querySelectorAll('section.slide')) {
      if (section.querySelector('.loopreel-replay, .formula, .numbered')) continue;
      for (const other of section.querySelectorAll('aside.notes, svg, script, .code-step')) other.remove();
      const told = (section.textContent ?? '').replace(/\s/g, '');
      const written = textOf(slide(section.id).text);
      // The section's title stands in the footer besides.
      expect(written.startsWith(told), `${section.id}: ${written} / ${told}`).toBe(true);
      compared++;
    }
    expect(compared).toBe(6);
  });

  test('titles are titles, of every slide', () => {
    for (const { text, number } of slides()) {
      const titles = [...xml(text).getElementsByTagName('p:ph')].filter(
        (holder) => holder.getAttribute('type') === 'title',
      );
      expect(titles, `slide ${number}`).toHaveLength(1);
    }
    expect(part('ppt/slideLayouts/slideLayout2.xml')).toContain('type="title"');
  });

  test('lists have their levels, signs and numbers', () => {
    const { text } = slide('목록');
    const paragraphs = [...xml(text).getElementsByTagName('a:p')].map((paragraph) => ({
      text: [...paragraph.getElementsByTagName('a:t')].map(({ textContent }) => textContent).join(''),
      level: paragraph.getElementsByTagName('a:pPr')[0]?.getAttribute('lvl') ?? '0',
      sign: paragraph.getElementsByTagName('a:buChar')[0]?.getAttribute('char'),
      number: paragraph.getElementsByTagName('a:buAutoNum')[0]?.getAttribute('startAt'),
    }));
    expect(paragraphs).toEqual(
      expect.arrayContaining([
        { text: '편지', level: '0', sign: '•', number: undefined },
        { text: '성긴 하나', level: '0', sign: '•', number: undefined },
        { text: '성긴 둘', level: '0', sign: '•', number: undefined },
        { text: '등기', level: '1', sign: '–', number: undefined },
        { text: '셋째', level: '0', sign: undefined, number: '3' },
        { text: '넷째', level: '0', sign: undefined, number: '4' },
        { text: '보낸 것', level: '0', sign: '☑', number: undefined },
        { text: '남은 것', level: '0', sign: '☐', number: undefined },
      ]),
    );
  });

  test('a table is a table', () => {
    const rows = [...xml(slide('표').text).getElementsByTagName('a:tr')].map((row) =>
      [...row.getElementsByTagName('a:tc')].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      ['이름', '값'],
      ['우표', '430원'],
      ['엽서', '400원'],
    ]);
  });

  test('text keeps its look: bold, code, links to the web and to slides', () => {
    const document = xml(slide('글').text);
    const run = (text: string) => [...document.getElementsByTagName('a:r')].find((one) => one.textContent === text);
    const property = (text: string, name: string) => run(text)?.getElementsByTagName('a:rPr')[0]?.getAttribute(name);
    expect(property('굵은 글', 'b')).toBe('1');
    expect(property('과 ', 'b')).toBe('0');
    expect(run('코드')?.getElementsByTagName('a:latin')[0]?.getAttribute('typeface')).toBe('Consolas');
    const target = (text: string) => {
      const id = run(text)?.getElementsByTagName('a:hlinkClick')[0]?.getAttribute('r:id');
      const relations = xml(part(`ppt/slides/_rels/slide${slide('글').number}.xml.rels`));
      return [...relations.getElementsByTagName('Relationship')]
        .find((one) => one.getAttribute('Id') === id)
        ?.getAttribute('Target');
    };
    expect(target('바깥')).toBe('https://docs.python.org/3/?a=1&b=2');
    expect(target('아래')).toBe(`slide${slide('목록').number}.xml`);
  });

  test('is Korean: language tags, a font that PowerPoint has, words that are not broken', () => {
    expect(slide('글').text).toMatch(/<a:rPr lang="ko-KR"[^>]*>.{0,200}<a:ea typeface="\+mn-ea"\/>/);
    expect(slide('글').text).toContain('eaLnBrk="0"');
    const theme = part('ppt/theme/theme1.xml');
    expect(theme.match(/<a:ea typeface="Malgun Gothic"\/>/g)).toHaveLength(2);
    expect(theme.match(/<a:latin typeface="Malgun Gothic"\/>/g)).toHaveLength(2);
    expect(theme).toContain('<a:accent1><a:srgbClr val="0068A3"/></a:accent1>');
  });

  test('code is monospaced and coloured, and has the line numbers of the deck', () => {
    const { text } = slide('배달');
    const keyword =
      /<a:r><a:rPr [^>]*noProof="1"[^>]*>(?:(?!<\/a:rPr>).)*<a:srgbClr val="7428D0"\/>(?:(?!<\/a:rPr>).)*Consolas(?:(?!<\/a:rPr>).)*<\/a:rPr><a:t>import<\/a:t>/;
    expect(text).toMatch(keyword);
    const parts = slides().filter(({ text }) => text.includes('>value_'));
    expect(parts.length).toBeGreaterThan(1);
    const numbers = parts.flatMap(({ text }) =>
      [...xml(text).getElementsByTagName('p:sp')].flatMap((shape) => {
        const lines = [...shape.getElementsByTagName('a:p')].map(({ textContent }) => textContent);
        return lines.length > 5 && lines.every((line) => /^\d+$/.test(line)) ? [lines] : [];
      }),
    );
    expect(numbers.flat()).toEqual(Array.from({ length: 44 }, (_, n) => `${n + 1}`));
  });

  test('formulas: one of its own is a picture that says what it shows, one in a sentence is text', () => {
    const { text } = slide('수식');
    expect(text).toContain('descr="T = \\max(t_1, t_2)"');
    expect(text).toMatch(/baseline="-25000"[^>]*>(?:(?!<\/a:r>).)*<a:t>1<\/a:t>/);
    expect(text).toMatch(/baseline="30000"[^>]*>(?:(?!<\/a:r>).)*<a:t>2<\/a:t>/);
  });

  test('a replay is a slide for each key step, its sentence the picture’s text and the notes', () => {
    const captions = [...site.querySelectorAll('.loopreel-replay figcaption')].map(
      ({ textContent }) => textContent ?? '',
    );
    expect(captions.length).toBeGreaterThan(3);
    const steps = slides().filter(({ id }) => id === '배달-실행-과정');
    expect(steps).toHaveLength(captions.length);
    for (const [n, { text, number }] of steps.entries()) {
      const picture = xml(text).getElementsByTagName('p:pic')[0]?.getElementsByTagName('p:cNvPr')[0];
      expect(picture?.getAttribute('descr')).toBe(`배달 · 실행 과정: ${captions[n]}`);
      expect(part(`ppt/notesSlides/notesSlide${number}.xml`)).toContain(`<a:t>${captions[n]}</a:t>`);
    }
  });

  test('has speaker notes, sections and slide numbers', () => {
    const notes = xml(part(`ppt/notesSlides/notesSlide${slide('글').number}.xml`));
    const lines = [...notes.getElementsByTagName('a:t')].map(({ textContent }) => textContent);
    expect(lines).toEqual(['먼저 인사한다 & 묻는다.', '• 첫째', '• 둘째']);
    const sections = [...xml(part('ppt/presentation.xml')).getElementsByTagName('p14:section')];
    expect(sections.map((section) => section.getAttribute('name'))).toEqual(
      expect.arrayContaining(['우체국의 하루', '글', '목록', '표', '수식', '배달', '긴 장부 (1/2)']),
    );
    const held = sections.reduce((sum, section) => sum + section.getElementsByTagName('p14:sldId').length, 0);
    expect(held).toBe(slides().length);
    expect(slide('목록').text).toContain('type="slidenum"');
  });

  test('the same note gives the same bytes', () => {
    expect(run('export', 'post.md', '--pptx', '--no-cache', '-o', 'again').status).toBe(0);
    expect(read('again/post.pptx').equals(read('out/post.pptx'))).toBe(true);
  });

  test('an output that cannot be written leaves the old file whole', () => {
    writeFileSync(join(folder, 'mine'), 'a file');
    const { status, stderr } = run('export', 'post.md', '--pptx', '-o', 'mine');
    expect(stderr).toBe('loopreel: output `mine` is, or lies below, a file; choose another --out\n');
    expect(status).toBe(1);
    expect(read('mine').toString()).toBe('a file');
  });
});
