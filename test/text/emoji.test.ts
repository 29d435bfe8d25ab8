import { describe, expect, test } from 'vitest';
import { emojiSpans, textRuns, withoutEmoji } from '../../src/text/emoji.ts';

const ids = (text: string) => textRuns(text).flatMap(({ emoji }) => emoji ?? []);

describe('textRuns()', () => {
  test('finds emoji, also joined, flagged, toned and keycapped ones', () => {
    expect(ids('⏳ A 시작 ✅')).toEqual(['23f3', '2705']);
    expect(ids('⏱️⚙️')).toEqual(['23f1', '2699']);
    expect(ids('👩‍💻👍🏽🇰🇷')).toEqual(['1f469-200d-1f4bb', '1f44d-1f3fd', '1f1f0-1f1f7']);
    expect(ids('1️⃣')).toEqual(['31-20e3']);
  });

  test('leaves text alone: arrows, digits, boxes, Hangul', () => {
    expect(textRuns('→ 1 # ©█▶ 가')).toEqual([{ text: '→ 1 # ©█▶ 가' }]);
    expect(textRuns('')).toEqual([]);
  });

  test('finds every emoji that Unicode names, with its variation selector', () => {
    for (let code = 0x80; code < 0x1fb00; code++) {
      const emoji = `${String.fromCodePoint(code)}\uFE0F`;
      if (/^\p{Extended_Pictographic}/u.test(emoji)) expect(ids(`가${emoji}a`), code.toString(16)).toHaveLength(1);
    }
  });

  test('gives the text back when its runs are joined', () => {
    for (const text of ['a⏳b', '⏳', '가⚙️나1️⃣', 'e\u0301⏳']) {
      expect(
        textRuns(text)
          .map((run) => run.text)
          .join(''),
      ).toBe(text);
    }
  });

  test('withoutEmoji() keeps the rest', () => {
    expect(withoutEmoji('⏳ A → 1️⃣가')).toBe(' A → 가');
  });
});

test('emojiSpans() gives each part once in which emoji may stand', () => {
  expect(emojiSpans('<p>⏳ 가 ⏳ 1️⃣ a↔b</p> → ⏳')).toEqual(['⏳', '1️⃣', '↔']);
  expect(emojiSpans('asyncio 비동기 1 # *')).toEqual([]);
});
