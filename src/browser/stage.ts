import { type DrawOptions, drawReplay, drawStrip, scrubberTrack, stopAt } from '../replay/draw.ts';
import { narrowHeight } from '../replay/narrow.ts';
import type { Replay } from '../replay/replay.ts';
import { stopsOf } from '../replay/subjects.ts';
import { type Clock, wallClock } from './clock.ts';
import { type Controls, controlBar } from './controls.ts';
import { element, svgElement } from './elements.ts';
import { whenIdle } from './idle.ts';
import { bindKeys } from './keys.ts';
import { drawWithOutline } from './outline.ts';
import { createPlayer, type Effect, type Player, type Position } from './player.ts';
import { bindPointing } from './pointing.ts';
import { scrubber } from './scrubber.ts';
import { controlWords } from './words.ts';

/** A replay that lives in a page. */
export interface Stage {
  readonly replay: Replay;
  readonly player: Player;
  readonly root: HTMLElement;
}

/** How a replay is shown. */
export interface StageOptions {
  /** `slide`: always the wide picture, 1776 × 912 with the bar. `page`: wide from 700 pixels on, else one column. */
  readonly place: 'slide' | 'page';
  readonly controls?: Controls;
  readonly clock?: Clock;
  /** Hears of everything that the player does, after the stage has shown it. */
  readonly onEffect?: (effect: Effect) => void;
}

/** Width of the wide picture, its height without a scrubber, and the page's width from which on it is taken. */
const wide = { width: 1776, height: 836, from: 700 };

/** Events that are passed over in one idle moment: some five milliseconds. */
const eventsAtOnce = 4000;

/**
 * Puts a live replay into `root`, which keeps its other children: picture, bar, and a polite live region that tells
 * every step but those of playback. It stands at the first key step.
 */
export function mountReplay(root: HTMLElement, replay: Replay, options: StageOptions): Stage {
  const { place, controls = 'full', clock = wallClock, onEffect = () => {} } = options;
  const words = controlWords[replay.data.lang];
  const id = `${replay.data.id}-live`;
  const picture = svgElement('svg', { id });
  const strip = svgElement('svg', { 'aria-hidden': 'true' });
  const live = element('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  let size: DrawOptions = { layout: 'wide', width: wide.width, height: wide.height, scrubber: false };

  const taskStops = new Map<number, readonly number[]>();
  const stopsOfTask = (id: number) => {
    const found = taskStops.get(id) ?? stopsOf(replay, { kind: 'task', id });
    taskStops.set(id, found);
    return found;
  };
  const player = createPlayer({
    stops: replay.stops,
    keySteps: replay.keySteps.map(({ index }) => index),
    clock,
    stopsOfTask,
    reducedMotion: () => reduced.matches,
    dispatch(effect) {
      if (effect.kind === 'draw') show(effect.position, effect.milliseconds);
      if (effect.kind === 'step' && effect.by !== 'playback') live.textContent = replay.caption(effect.position.index);
      if (effect.kind === 'draw' && effect.position.followed !== told) tellFollowed(effect.position.followed);
      onEffect(effect);
    },
  });
  let told: number | null = null;
  function tellFollowed(task: number | null): void {
    told = task;
    if (task !== null) live.textContent = words.following(replay.labels.get(task) ?? '?');
  }
  const slider = scrubber(replay, player, {
    strip,
    isOn: () => size.layout === 'narrow',
    stopAt(share) {
      const track = scrubberTrack(size);
      // Several stops may share the end of the axis: there a pointer means the last one.
      const atEnd = share * size.width >= track.x + track.width - 1;
      return atEnd ? (replay.stops.at(-1) ?? 0) : stopAt(replay, share * size.width, size);
    },
  });
  const bar = controlBar(player, replay, controls, slider.element);

  function show(position: Position, milliseconds: number): void {
    const { index, axis, followed } = position;
    const draw = () => drawReplay(picture, replay, index, { ...size, axis, followed, milliseconds });
    if (reduced.matches) drawWithOutline(picture, draw);
    else draw();
    if (size.layout === 'narrow') drawStrip(strip, replay, index, { width: size.width, milliseconds });
    slider.update(position);
    bar.update(position);
  }

  function fitTo(width: number): void {
    const next: DrawOptions =
      width >= wide.from
        ? { layout: 'wide', width: wide.width, height: wide.height, scrubber: false }
        : { layout: 'narrow', width: Math.round(width), height: narrowHeight(replay), scrubber: false };
    if (picture.firstChild && next.layout === size.layout && next.width === size.width) return;
    if (next.layout !== size.layout) {
      picture.replaceChildren();
      strip.replaceChildren();
      for (const name of ['viewBox', 'class']) strip.removeAttribute(name);
    }
    size = next;
    root.classList.toggle('narrow', next.layout === 'narrow');
    player.redraw();
  }

  // What cannot be drawn throws here, before the page has changed.
  if (place === 'slide') player.redraw();
  else fitTo(root.clientWidth);
  root.classList.add('live', `on-${place}`);
  root.setAttribute('role', 'group');
  root.setAttribute('aria-roledescription', words.replay);
  root.setAttribute('aria-label', replay.data.title);
  root.tabIndex = 0;
  root.prepend(picture, ...(controls === 'none' ? [] : [bar.element]), live);
  bindKeys(root, slider.element, replay, player);
  bindPointing(root, picture, replay, player);
  const readAhead = () => {
    if (replay.history.readAhead(eventsAtOnce)) whenIdle(readAhead);
  };
  whenIdle(readAhead);
  if (place === 'page') new ResizeObserver(() => fitTo(root.clientWidth)).observe(root);
  return { replay, player, root };
}
