import { h } from 'hastscript';
import { expect, test } from 'vitest';
import { withAnchors } from '../../src/deck/anchors.ts';
import type { Slide } from '../../src/deck/deck.ts';

const slide = (id: string, title: string, body: Slide['body']): Slide => ({
  id,
  title,
  h: 0,
  v: 0,
  kind: 'text',
  section: '',
  heading: h('h2', title),
  body,
});
const link = (href: string) => h('p', [h('a', { href }, 'x')]);

test('a link to a heading of the note, as GitHub names it, leads to its slide', () => {
  const slides = withAnchors([
    slide('asyncio-gather-예제-1-2', '📌 asyncio.gather() 예제 (1/2)', []),
    slide('asyncio-gather-예제-2-2', '📌 asyncio.gather() 예제 (2/2)', [h('h3', 'Why?')]),
    slide('links', 'Links', [
      link('#asynciogather-예제'),
      link(`#${encodeURIComponent('asynciogather-예제')}`),
      link('#why'),
      link('#links'),
      link('#nowhere'),
      link('#/links'),
      link('https://example.org/#why'),
    ]),
  ]);
  const targets = slides[2]?.body.map((node) => JSON.stringify(node).match(/"href":"([^"]*)"/)?.[1]);
  expect(targets).toEqual([
    '#/asyncio-gather-예제-1-2',
    '#/asyncio-gather-예제-1-2',
    '#/asyncio-gather-예제-2-2',
    '#/links',
    '#nowhere',
    '#/links',
    'https://example.org/#why',
  ]);
});
