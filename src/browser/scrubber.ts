import type { Replay } from '../replay/replay.ts';
import { element } from './elements.ts';
import type { Player, Position } from './player.ts';
import { controlWords, placeText } from './words.ts';

/** How near, in pixels of the screen, a pointer has to come to a key step's diamond to be drawn to it. */
const snapDistance = 10;

/** The slider: a track with a diamond for every key step, which a pointer drags on and arrow keys move. */
export interface Scrubber {
  readonly element: HTMLElement;
  update(position: Position): void;
}

/**
 * Makes the slider (`role="slider"`, its value is the number of the stop, from 1).
 *
 * @param strip Another picture of the track, for narrow pages; `stopAt` tells the event index under a share of it.
 */
export function scrubber(
  replay: Replay,
  player: Player,
  narrow: { readonly strip: SVGSVGElement; readonly isOn: () => boolean; readonly stopAt: (share: number) => number },
): Scrubber {
  const { stops, keySteps } = replay;
  const last = Math.max(1, stops.length - 1);
  const share = (index: number) => Math.max(0, stops.indexOf(index)) / last;

  const passed = element('div', { class: 'passed' });
  const diamonds = keySteps.map(({ index }) =>
    element('div', { class: 'diamond', style: `left:${share(index) * 100}%` }),
  );
  const handle = element('div', { class: 'handle' });
  const track = element('div', { class: 'track' }, [passed, ...diamonds, handle]);
  const slider = element(
    'div',
    {
      class: 'scrubber',
      role: 'slider',
      tabindex: 0,
      'aria-label': controlWords[replay.data.lang].scrubber,
      title: controlWords[replay.data.lang].scrubberHint,
      'aria-valuemin': 1,
      'aria-valuemax': stops.length,
    },
    [track, element('div', { class: 'strip-box' }, [narrow.strip])],
  );

  /** The event index under a point of the screen; rectangles are measured as they are shown, so reveal may scale. */
  const indexAt = (clientX: number): number => {
    const box = (narrow.isOn() ? narrow.strip : track).getBoundingClientRect();
    const at = Math.max(0, Math.min(1, (clientX - box.left) / Math.max(1, box.width)));
    if (narrow.isOn()) return narrow.stopAt(at);
    const distance = (index: number) => Math.abs(share(index) - at) * box.width;
    const near = keySteps.filter(({ index }) => distance(index) <= snapDistance);
    const nearest = near.sort((a, b) => distance(a.index) - distance(b.index))[0];
    return nearest?.index ?? stops[Math.round(at * last)] ?? 0;
  };

  let dragging = false;
  const follow = (event: PointerEvent) => {
    const index = indexAt(event.clientX);
    if (index !== player.position().index) player.seek(index);
  };
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    dragging = true;
    slider.setPointerCapture(event.pointerId);
    // The replay takes the focus, not the slider: a clicker's arrows shall go on turning slides.
    event.preventDefault();
    slider.closest<HTMLElement>('.loopreel-replay')?.focus({ preventScroll: true });
    follow(event);
  });
  slider.addEventListener('pointermove', (event) => {
    if (dragging) follow(event);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    slider.addEventListener(end, () => {
      dragging = false;
    });
  }

  return {
    element: slider,
    update(position) {
      const percent = `${share(position.index) * 100}%`;
      passed.style.width = percent;
      handle.style.left = percent;
      for (const [n, diamond] of diamonds.entries()) {
        diamond.classList.toggle('past', (keySteps[n]?.index ?? 0) <= position.index);
      }
      slider.setAttribute('aria-valuenow', String(position.stop + 1));
      slider.setAttribute('aria-valuetext', placeText(replay, position.index));
    },
  };
}
