import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/browser/clock.ts';
import { createPlayer, type Effect } from '../../src/browser/player.ts';

/** A clock turned by hand. */
function fakeClock() {
  let time = 0;
  let timers: { readonly due: number; readonly action: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    after(milliseconds, action) {
      const timer = { due: time + milliseconds, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const advance = (milliseconds: number) => {
    const end = time + milliseconds;
    for (;;) {
      const next = timers.filter(({ due }) => due <= end + 1e-6).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      timers = timers.filter((other) => other !== next);
      time = Math.max(time, next.due);
      next.action();
    }
    time = end;
  };
  return { clock, advance, waiting: () => timers.length };
}

/** Stops at every second event, key steps at the stops 1, 4 and 9. */
function openPlayer(reducedMotion = false) {
  const time = fakeClock();
  const effects: Effect[] = [];
  const stops = Array.from({ length: 10 }, (_, n) => n * 2);
  const player = createPlayer({
    stops,
    keySteps: [2, 8, 18],
    clock: time.clock,
    dispatch: (effect) => effects.push(effect),
    reducedMotion: () => reducedMotion,
  });
  const take = () => effects.splice(0);
  const told = () =>
    take().map((effect) => (effect.kind === 'ended' ? 'ended' : `${effect.kind} ${effect.position.index}`));
  return { ...time, player, take, told };
}

describe('a player', () => {
  test('rests at the first key step and draws nothing by itself', () => {
    const { player, take } = openPlayer();
    expect(player.position()).toMatchObject({ index: 2, stop: 1, keyStep: 0, mode: 'resting' });
    expect(take()).toEqual([]);
  });

  test('step() animates one stop forward and cuts back', () => {
    const { player, take } = openPlayer();
    player.step(1);
    expect(take()).toMatchObject([
      { kind: 'draw', position: { index: 4 }, milliseconds: 320 },
      { kind: 'step', by: 'reader' },
    ]);
    player.step(-1);
    expect(take()).toMatchObject([
      { kind: 'draw', position: { index: 2 }, milliseconds: 0 },
      { kind: 'step', by: 'reader' },
    ]);
  });

  test('step() stops at both ends', () => {
    const { player } = openPlayer();
    player.step(-5);
    expect(player.position().index).toBe(0);
    player.toEnd();
    player.step(1);
    expect(player.position()).toMatchObject({ index: 18, keyStep: 2 });
  });

  test('keyStep(1) shows every stop on its way, in at most 1.2 s, and tells one step', () => {
    const { player, told, advance, waiting } = openPlayer();
    player.keyStep(1);
    expect(player.position()).toMatchObject({ index: 4, mode: 'gliding' });
    advance(1200);
    expect(told()).toEqual(['draw 4', 'draw 6', 'draw 8', 'step 8']);
    player.keyStep(1);
    advance(1199);
    expect(player.position()).toMatchObject({ index: 18, mode: 'resting', keyStep: 2 });
    expect(waiting()).toBe(0);
  });

  test('keyStep(1) during a glide goes on to the next key step', () => {
    const { player, advance } = openPlayer();
    player.keyStep(1);
    player.keyStep(1);
    advance(1200);
    expect(player.position()).toMatchObject({ index: 18, mode: 'resting' });
  });

  test('step() in a glide goes on from where the glide leads to, and back from what is seen', () => {
    const { player } = openPlayer();
    player.keyStep(1);
    player.step(1);
    expect(player.position()).toMatchObject({ index: 10, mode: 'resting' });
    player.toKeyStep(0, 'cut');
    player.keyStep(1);
    player.step(-1);
    expect(player.position()).toMatchObject({ index: 2, mode: 'resting' });
  });

  test('a long glide draws no more often than every 40 ms', () => {
    const { clock, advance } = fakeClock();
    let draws = 0;
    const player = createPlayer({
      stops: Array.from({ length: 1000 }, (_, n) => n),
      keySteps: [0, 999],
      clock,
      dispatch: ({ kind }) => {
        if (kind === 'draw') draws++;
      },
    });
    player.keyStep(1);
    advance(1240);
    expect(player.position()).toMatchObject({ index: 999, mode: 'resting' });
    expect(draws).toBeLessThanOrEqual(31);
  });

  test('a glide that the clock is late for skips stops, never the last', () => {
    const { player, told, clock, advance } = openPlayer();
    player.toKeyStep(2, 'glide');
    const due = clock.now();
    advance(10_000);
    expect(clock.now()).toBe(due + 10_000);
    expect(told().at(-1)).toBe('step 18');
  });

  test('keyStep(-1) from between two key steps goes to the one that was passed', () => {
    const { player } = openPlayer();
    player.seek(12);
    player.keyStep(-1);
    expect(player.position().index).toBe(8);
    player.keyStep(-1);
    expect(player.position().index).toBe(2);
    player.keyStep(-1);
    expect(player.position().index).toBe(0);
    player.keyStep(1);
    expect(player.position().index).toBe(2);
  });

  test('toKeyStep() leads to the same place however often it comes', () => {
    const { player, told } = openPlayer();
    player.toKeyStep(1, 'cut');
    player.toKeyStep(1, 'cut');
    player.toKeyStep(99, 'cut');
    expect(told()).toEqual(['draw 8', 'step 8', 'draw 8', 'step 8', 'draw 18', 'step 18']);
  });

  test('seek() shows the stop that an event belongs to', () => {
    const { player } = openPlayer();
    player.seek(5);
    expect(player.position().index).toBe(6);
    player.seek(999);
    expect(player.position().index).toBe(18);
  });

  test('play() takes a stop every 700 ms, says that playback did it, and ends', () => {
    const { player, take, advance } = openPlayer();
    player.seek(14);
    take();
    player.play();
    expect(take()).toMatchObject([{ kind: 'draw', position: { mode: 'playing' } }]);
    advance(699);
    expect(take()).toEqual([]);
    advance(1);
    expect(take()).toMatchObject([
      { kind: 'draw', position: { index: 16 } },
      { kind: 'step', by: 'playback' },
    ]);
    advance(700);
    expect(take()).toMatchObject([
      { kind: 'draw', position: { index: 18, mode: 'resting' } },
      { kind: 'step' },
      { kind: 'ended' },
    ]);
  });

  test('play() at the end begins anew', () => {
    const { player } = openPlayer();
    player.toEnd();
    player.play();
    expect(player.position()).toMatchObject({ index: 0, mode: 'playing' });
  });

  test('speeds are 1, 2 and one half, and hold from the next stop on', () => {
    const { player, advance } = openPlayer();
    player.nextSpeed();
    player.play();
    advance(700);
    expect(player.position()).toMatchObject({ index: 6, speed: 2 });
    player.nextSpeed();
    player.pause();
    player.play();
    advance(1399);
    expect(player.position()).toMatchObject({ index: 6, speed: 0.5 });
    advance(1);
    expect(player.position().index).toBe(8);
  });

  test('any step of the reader stops playback', () => {
    for (const act of ['step', 'keyStep'] as const) {
      const { player, advance } = openPlayer();
      player.play();
      player[act](-1);
      expect(player.position().mode).toBe('resting');
      const { index } = player.position();
      advance(5000);
      expect(player.position().index).toBe(index);
    }
  });

  test('pause() in a glide shows where it leads to', () => {
    const { player, waiting } = openPlayer();
    player.keyStep(1);
    player.pause();
    expect(player.position()).toMatchObject({ index: 8, mode: 'resting' });
    expect(waiting()).toBe(0);
  });

  test('toggleAxis() draws the same state on the other axis', () => {
    const { player, take } = openPlayer();
    player.toggleAxis();
    expect(take()).toMatchObject([{ kind: 'draw', position: { index: 2, axis: 'proportional' } }]);
  });

  test('under reduced motion nothing moves gradually', () => {
    const { player, take, waiting } = openPlayer(true);
    player.keyStep(1);
    player.step(1);
    player.toggleAxis();
    const draws = take().filter((effect) => effect.kind === 'draw');
    expect(draws.map(({ position, milliseconds }) => [position.index, milliseconds])).toEqual([
      [8, 0],
      [10, 0],
      [10, 0],
    ]);
    expect(waiting()).toBe(0);
  });

  test('a replay of a single stop has nowhere to go and does not mind', () => {
    const effects: Effect[] = [];
    const { clock } = fakeClock();
    const player = createPlayer({ stops: [4], keySteps: [4], clock, dispatch: (effect) => effects.push(effect) });
    player.keyStep(1);
    player.step(-1);
    expect(player.position()).toMatchObject({ index: 4, stop: 0, keyStep: 0 });
  });
});
