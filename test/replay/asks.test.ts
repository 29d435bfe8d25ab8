import { describe, expect, test } from 'vitest';
import { openReplay } from '../../src/replay/replay.ts';
import { open, semaphore } from './programs.ts';

const { data: block, keySteps: without } = open(semaphore());
const data = { ...block, trace: semaphore() };

describe('asks', () => {
  test('the first stops where several tasks are ready and nobody runs; the next click tells', () => {
    const replay = openReplay({ ...data, asks: [{}] });
    const at = replay.keySteps.findIndex(({ kind }) => kind === 'ask');
    const ask = replay.keySteps[at];
    const { running, ready } = replay.stateAt(ask?.index ?? -1);
    expect(running).toBeNull();
    expect(ready.length).toBeGreaterThan(1);
    expect(replay.caption(ask?.index ?? -1)).toBe('다음은 누가 실행될까?');
    const answer = replay.keySteps[at + 1];
    expect(replay.stops.indexOf(answer?.index ?? -1)).toBe(replay.stops.indexOf(ask?.index ?? -1) + 1);
    expect(replay.stateAt(answer?.index ?? -1).running?.task).toBe(ready[0]?.task);
  });

  test('two ask at two decisions, in words of the author', () => {
    const replay = openReplay({ ...data, asks: [{ question: '먼저?' }, { question: '그다음?' }] });
    const asked = replay.keySteps.filter(({ kind }) => kind === 'ask');
    expect(asked.map(({ caption }) => caption)).toEqual(['먼저?', '그다음?']);
    expect(new Set(asked.map(({ index }) => index)).size).toBe(2);
  });

  test('a step that is named is asked at, the last but one at the most', () => {
    const indexOf = (step: number) =>
      openReplay({ ...data, asks: [{ step }] }).keySteps.find(({ kind }) => kind === 'ask')?.index;
    const { stops } = open(semaphore());
    expect(indexOf(4)).toBe(stops[3]);
    expect(indexOf(999)).toBe(stops.at(-2));
  });

  test('a mark that is nowhere asks nothing; every other key step stays', () => {
    const kept = openReplay({ ...data, asks: [{ mark: 'nowhere' }] }).keySteps;
    expect(kept).toEqual(without);
    const more = openReplay({ ...data, asks: [{}] }).keySteps.map(({ index }) => index);
    expect(without.every(({ index }) => more.includes(index))).toBe(true);
  });
});
