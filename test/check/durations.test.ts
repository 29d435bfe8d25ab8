import { expect, test } from 'vitest';
import { durationsIn, isStated, readStatedTotal } from '../../src/check/durations.ts';
import { readMoment } from '../../src/check/printTimes.ts';
import { readStatedWait } from '../../src/check/statedWait.ts';

const stated = (text: string, real: number) => durationsIn(text).every((duration) => isStated(duration, real));

test.each([
  ['약 6초', 5.6, true],
  ['約6秒', 5, false],
  ['about 2 seconds', 2.5, true],
  ['about 2 seconds', 3, false],
  ['大约 10 秒', 8, true],
  ['大约 10 秒', 5, false],
  ['etwa 0,5 Sekunden', 0.45, true],
  ['unos 2 minutos', 110, true],
  ['3초', 3.1, true],
  ['3초', 3.4, false],
])('"%s" says of %d s: %s', (text, real, expected) => {
  expect(stated(text, real)).toBe(expected);
});

test.each([
  ['await asyncio.sleep(2)', '3초 후 깨어난다', 3],
  ['await asyncio.sleep(2)', 'wait 2 seconds', 2],
  ['await asyncio.sleep(2)', '2초 후 배달이 끝난다', undefined],
  ['await asyncio.wait_for(job(), timeout=2)', '60초 후에 타임아웃', 60],
  ['await asyncio.wait_for(asyncio.sleep(9), 2)', 'times out after 2 seconds', 2],
  ['await asyncio.wait_for(job(1, 5), limit)', 'times out after 2 seconds', undefined],
  ['await asyncio.wait_for(job(), timeout=2)', '9초 걸리는 일이라 취소', undefined],
  ['await asyncio.wait_for(job(), timeout=2)', 'job ends after 5 seconds, too late', undefined],
  ['async with asyncio.timeout(0.5):', '5초 뒤에 취소', 5],
  ['await asyncio.wait_for(f(), timeout=2)', '60秒後にタイムアウト', 60],
  ['await asyncio.wait_for(f(), timeout=2)', '10 秒后超时', 10],
])('a comment behind `%s` that says "%s" states %s', (code, comment, seconds) => {
  expect(readStatedWait(code, comment)?.duration.seconds).toBe(seconds);
});

test.each([
  ['(2초 후)', 2],
  ['after 2 seconds', 2],
  ['2 秒后', 2],
  ['nach 0,5 Sekunden', 0.5],
  ['약 3초 뒤에 출력', 3],
  ['2초 후 배달이 끝난다', undefined],
  ['prints after 2 seconds of waiting', undefined],
  ['2초마다', undefined],
])('"%s" behind a print is the moment %s', (comment, seconds) => {
  expect(readMoment(comment)?.seconds).toBe(seconds);
});

test.each([
  ['大约 3 秒后得到结果。', 3],
  ['약 3초 후에 결과가 나온다.', 3],
  ['After 2 seconds the program finishes.', 2],
  ['after 2 retries it is done in the usual way', undefined],
  ['3초 후에 다른 예제를 보자', undefined],
  ['순차 실행이었다면 3초 후에 끝난다', undefined],
])('"%s" promises an end after %s s', (sentence, seconds) => {
  expect(readStatedTotal(sentence)?.duration.seconds).toBe(seconds);
});
