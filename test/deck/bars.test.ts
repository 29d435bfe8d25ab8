import { describe, expect, test } from 'vitest';
import { readBars } from '../../src/deck/bars.ts';

/** Every bar of a diagram as `label from-to state`, a `/` between groups. */
const told = (text: string) =>
  readBars(text)
    ?.groups.map(({ title, rows }) =>
      [
        title,
        ...rows.flatMap(({ label, bars }) => bars.map(({ from, to, state }) => `${label} ${from}-${to} ${state}`)),
      ].join(', '),
    )
    .join(' / ');

describe('readBars()', () => {
  test('takes times from the axis, over labels of Hangul, a column off', () => {
    const diagram = ['한 사람:', '밥: ████', '국:     ████', '전:          ████', '초:  0    2    4    6'];
    expect(told(diagram.join('\n'))).toBeUndefined();
    const timed = [...diagram.slice(0, -1), 't:  0   2    4   6초'].join('\n');
    expect(told(timed)).toBe('한 사람, 밥 0-2 running, 국 2-4 running, 전 4-6 running');
    expect(readBars(timed)?.unit).toBe('초');
  });

  test('knows that tasks of one thread that overlap wait, and those of several do not', () => {
    const bars = 'A: ====\nB: ====\n   0   2s';
    expect(told(`async:\n${bars}`)).toBe('async, A 0-2 waiting, B 0-2 waiting');
    expect(told(`two threads:\n${bars}`)).toBe('two threads, A 0-2 running, B 0-2 running');
  });

  test('keeps groups apart and believes the characters when they differ', () => {
    expect(told('A █░░█\nB  █░░█\n\nC ██\nD   ██')).toBe(
      ', A 2-3 running, A 3-5 waiting, A 5-6 running, B 3-4 running, B 4-6 waiting, B 6-7 running / , C 2-4 running, D 4-6 running',
    );
  });

  test('keeps what stands behind and below the bars', () => {
    const [group] = readBars('면 |████| 4분\n물 |██  | 2분\n\n총 6분')?.groups ?? [];
    expect(group?.rows.map(({ remark }) => remark)).toEqual(['4분', '2분']);
    expect(group?.remarks).toEqual(['총 6분']);
  });

  test.each([
    ['a flow', 'A ----> B\nB ----> C'],
    ['dashes without an axis', 'name: -----\nother: ----'],
    ['one bar', 'A: ████'],
    ['a box', '+-----+\n| 이벤트 |\n+-----+'],
    ['a tree', 'src\n├── a.py\n└── b.py'],
    ['words in a bar', 'A: ==시작==\nB: ==끝=='],
    ['a table', '이름 | 값\n-----|-----\na | 1'],
    ['bars that begin before their axis', '하나: ████\n둘:      ████\n걸린 시간: 0   1   2초'],
    ['dots of a log', '읽는 중...\n쓰는 중...'],
    ['a rule below a title', '결과 1\n======\n결과 2\n======'],
    ['units that differ', 'A ██\nB ██\n  0 2초\n\nC ██\nD ██\n  0 2ms'],
  ])('leaves %s as text', (_name, text) => {
    expect(readBars(text)).toBeUndefined();
  });
});
