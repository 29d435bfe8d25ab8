import type { PageData } from '../replay/data.ts';
import { openReplay, type Replay } from '../replay/replay.ts';
import type { Controls } from './controls.ts';
import { type Report, readCommand, send } from './messages.ts';
import type { Effect } from './player.ts';
import { mountReplay } from './stage.ts';

/**
 * Brings a replay's own page to life. The address may say more behind `#`, joined by `&`: `step=3` (from 1),
 * `controls=step` or `none`, `views=code,lanes` (panels, by the names of a fence's `views=`). A page around it may command it and hears of it (`messages.ts`).
 */
export function startEmbedPage(page: Window): void {
  const { document } = page;
  const root = document.querySelector<HTMLElement>('.loopreel-replay');
  const json = document.querySelector('script.loopreel-data')?.textContent;
  if (!root || !json) return;
  // A large recording keeps the page busy for a moment: the picture that stands in it is painted before.
  if (json.length < large || document.hidden) bringToLife(page, root, json);
  else page.requestAnimationFrame(() => page.setTimeout(() => bringToLife(page, root, json)));
}

/** Characters of a packed recording that opens too slowly to be waited for; about 15,000 events. */
const large = 200_000;

function bringToLife(page: Window, root: HTMLElement, json: string): void {
  const { document } = page;
  const settings = new URLSearchParams(page.location.hash.slice(1));
  const views = settings.get('views')?.split(',');
  const replay = openReplay({ ...(JSON.parse(json) as PageData), ...(views ? { views } : {}) });
  const around = page.parent === page ? null : page.parent;
  const report = (message: Report) => {
    if (around) send(around, message);
  };

  // 1. The live replay takes the place of the picture.
  const picture = [...root.children];
  const stage = mountReplay(root, replay, {
    place: 'page',
    controls: controlsOf(settings.get('controls')),
    onEffect: (effect) => reportEffect(replay, effect, report),
  });
  for (const part of picture) part.remove();
  const { player } = stage;
  const step = Number(settings.get('step') ?? Number.NaN);
  if (Number.isFinite(step)) player.seek(stopIndex(replay, step), 'outside');

  // 2. The page around it may move it.
  if (!around) return;
  page.addEventListener('message', (event) => {
    if (event.source !== around) return;
    const command = readCommand(event.data);
    switch (command?.kind) {
      case 'play':
        return player.play();
      case 'pause':
        return player.pause();
      case 'next':
        return player.keyStep(1);
      case 'prev':
        return player.keyStep(-1);
      case 'seek': {
        const index =
          typeof command.to === 'number' ? stopIndex(replay, command.to) : markIndex(replay, command.to.mark);
        if (index !== undefined) player.seek(index, 'outside');
      }
    }
  });
  report({ kind: 'ready', steps: replay.stops.length });

  // 3. And may give it the room that it needs.
  const { body } = document;
  new ResizeObserver(() => report({ kind: 'height', pixels: Math.ceil(body.getBoundingClientRect().height) })).observe(
    body,
  );
}

function controlsOf(value: string | null): Controls {
  return value === 'step' || value === 'none' ? value : 'full';
}

/** The event of a step, from 1; the nearest when there is none of that number. */
function stopIndex(replay: Replay, step: number): number {
  return replay.stops[Math.max(0, Math.min(replay.stops.length - 1, Math.round(step) - 1))] ?? 0;
}

function markIndex(replay: Replay, label: string): number | undefined {
  return replay.trace.events.find((event) => event.k === 'mark' && event.label === label)?.i;
}

function reportEffect(replay: Replay, effect: Effect, report: (message: Report) => void): void {
  if (effect.kind === 'ended') report({ kind: 'ended' });
  if (effect.kind !== 'step') return;
  const { index, stop } = effect.position;
  report({ kind: 'step', step: stop + 1, steps: replay.stops.length, caption: replay.caption(index) });
  const before = replay.stops[stop - 1] ?? -1;
  for (const event of replay.trace.events.slice(before + 1, index + 1)) {
    if (event.k === 'mark') report({ kind: 'mark', label: event.label });
  }
}
