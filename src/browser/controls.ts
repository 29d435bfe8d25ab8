import type { Replay } from '../replay/replay.ts';
import { element, svgElement } from './elements.ts';
import type { Player, Position } from './player.ts';
import { controlWords } from './words.ts';

/** How much of the bar is there. `step` leaves out playback, speed and axis. */
export type Controls = 'full' | 'step' | 'none';

/** The row of buttons, and how it follows the player. */
export interface ControlBar {
  readonly element: HTMLElement;
  update(position: Position): void;
}

/** Pictures of the buttons on a field of 24 × 24. */
const icons = {
  keyBack: 'M5 4h2.4v16H5zM19.5 4v16L8.5 12z',
  stepBack: 'M16.6 4H19v16h-2.4zM14 4v16L3.5 12z',
  play: 'M7 3.5v17L19.5 12z',
  pause: 'M6 4h4.4v16H6zM13.6 4H18v16h-4.4z',
  stepForward: 'M5 4h2.4v16H5zM10 4l10.5 8L10 20z',
  keyForward: 'M16.6 4H19v16h-2.4zM4.5 4v16l11-8z',
  axis: 'M3 5h2v14H3zM19 5h2v14h-2zM6 11h12v2H6zM10 7h1.6v10H10z',
} as const;

/**
 * The buttons of a replay. A press with the pointer leaves the focus on the replay itself, so that a clicker's arrow
 * and page keys still reach reveal.js afterwards.
 *
 * @param scrubber Stands in the row (wide) or above it (narrow), which is the style sheet's business.
 */
export function controlBar(player: Player, replay: Replay, controls: Controls, scrubber: HTMLElement): ControlBar {
  const words = controlWords[replay.data.lang];
  const button = (name: keyof typeof icons, label: string, keys: string, action: () => void) => {
    const path = svgElement('path', { d: icons[name] });
    const made = element(
      'button',
      { type: 'button', class: `control ${name}`, 'aria-label': label, title: `${label} (${keys})` },
      [svgElement('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [path])],
    );
    made.addEventListener('click', action);
    return { made, path };
  };

  const keyBack = button('keyBack', words.keyBack, '[', () => player.keyStep(-1));
  const stepBack = button('stepBack', words.stepBack, ',', () => player.step(-1));
  const play = button('play', words.play, 'P', () => player.toggle());
  const stepForward = button('stepForward', words.stepForward, '.', () => player.step(1));
  const keyForward = button('keyForward', words.keyForward, ']', () => player.keyStep(1));
  const axis = button('axis', words.axis, 'T', () => player.toggleAxis());
  const speed = element('button', { type: 'button', class: 'control speed', title: words.speed }, ['1×']);
  speed.addEventListener('click', () => player.nextSpeed());

  const unfollow = element('button', { type: 'button', class: 'control unfollow', hidden: '' });
  unfollow.addEventListener('click', () => player.follow(null));

  const full = controls === 'full';
  const steps = [keyBack.made, stepBack.made, ...(full ? [play.made] : []), stepForward.made, keyForward.made];
  const bar = element('div', { class: 'player-bar', 'data-prevent-swipe': '' }, [
    element('div', { class: 'buttons' }, steps),
    scrubber,
    unfollow,
    ...(full ? [element('div', { class: 'options' }, [speed, axis.made])] : []),
  ]);
  bar.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Element && event.target.closest('button')) {
      event.preventDefault();
      bar.closest<HTMLElement>('.loopreel-replay')?.focus({ preventScroll: true });
    }
  });

  return {
    element: bar,
    update(position) {
      const playing = position.mode === 'playing';
      play.path.setAttribute('d', playing ? icons.pause : icons.play);
      play.made.setAttribute('aria-label', playing ? words.pause : words.play);
      play.made.title = `${playing ? words.pause : words.play} (P)`;
      speed.textContent = `${position.speed}×`;
      speed.setAttribute('aria-label', `${words.speed} ${position.speed}×`);
      axis.made.setAttribute('aria-pressed', String(position.axis === 'proportional'));
      const followed = position.followed === null ? undefined : replay.labels.get(position.followed);
      unfollow.hidden = followed === undefined;
      unfollow.textContent = followed === undefined ? '' : `${followed} ×`;
      unfollow.title = words.unfollow;
      unfollow.setAttribute('aria-label', `${words.following(followed ?? '')}, ${words.unfollow}`);
    },
  };
}
