import { expect, test } from 'vitest';
import { wrapped } from '../../src/replay/wrapped.ts';

test('wrapped() keeps a sentence on one line where it fits', () => {
  expect(wrapped('모두 끝났다.', 400, 16)).toEqual(['모두 끝났다.']);
});

test('wrapped() leaves no word alone on the second line', () => {
  expect(wrapped('빵집이 큐에서 꺼내자 손님이 깨어나 실행 줄에 섰다.', 300, 16)).toEqual([
    '빵집이 큐에서 꺼내자 손님이',
    '깨어나 실행 줄에 섰다.',
  ]);
});

test('wrapped() cuts what two lines do not hold', () => {
  const [first = '', second = ''] = wrapped('하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열', 80, 16);
  expect(first).toBe('하나 둘 셋');
  expect(second).toMatch(/^넷.*…$/);
});
