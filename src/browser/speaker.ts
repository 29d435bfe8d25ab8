import type { RevealApi, RevealState } from 'reveal.js';
import { isReceiver } from './address.ts';
import type { Mover } from './player.ts';
import type { Stage } from './stage.ts';
import type { Replays } from './takeover.ts';

/** Where a replay is, for the deck at the other end; `index` is an event index. */
interface Move {
  readonly namespace: 'loopreel';
  readonly block: string;
  readonly index: number;
}

/**
 * Joins a deck with its speaker view. reveal.js' own bridge takes every command from every window, so it stays off
 * (`postMessage: false`); this one knows the two sides by identity and does only what the speaker view needs
 * (reveal.js plugin/notes): a frame of the view takes `setState`, `next` and `triggerKey` from the view, the deck
 * takes `setState` from the view. Besides, replays tell each other every step, not only key steps.
 *
 * @returns What to call when a replay of this page has moved.
 */
export function joinSpeakerView(
  page: Window,
  deck: RevealApi,
  replays: () => Replays,
): (stage: Stage, by: Mover) => void {
  const receiver = isReceiver(page);
  /** The view's frame of the present slide leads too; the one of the coming slide only follows. */
  const leads = receiver && new URLSearchParams(page.location.search).has('postMessageEvents');
  /** A frame starts at its slide's first step. It says nothing before the view has told it the true one. */
  let told = false;
  let view: Window | null = null;

  const main = (): Window | null => (receiver ? (page.parent.opener as Window | null) : null);

  page.addEventListener('message', (event) => {
    const source = event.source as Window | null;
    if (!source || typeof event.data !== 'string') return;
    const message = parse(event.data);
    if (!message) return;
    if (receiver) {
      if (source === page.parent) {
        if (message.method === 'setState') {
          setState(message.args);
          told = true;
        }
        if (message.method === 'next') deck.next();
        if (message.method === 'triggerKey') triggerKey(message.args);
      } else if (source === main()) follow(message);
      return;
    }
    if (isView(source)) {
      view = source;
      if (message.method === 'setState') setState(message.args);
    } else if (view && source.parent === view) follow(message);
  });

  if (leads) {
    const tellView = (eventName: string) =>
      page.parent.postMessage(JSON.stringify({ namespace: 'reveal', eventName, state: deck.getState() }), '*');
    deck.on('ready', () => tellView('ready'));
    for (const type of ['slidechanged', 'fragmentshown', 'fragmenthidden', 'paused', 'resumed']) {
      deck.on(type, () => {
        if (told) tellView(type);
      });
    }
  }

  /** The view's window was opened by this page and, since reveal writes it, is of the same origin. */
  function isView(source: Window): boolean {
    try {
      return (
        source !== page &&
        source.parent === source &&
        source.opener === page &&
        source.location.origin === page.location.origin
      );
    } catch {
      return false;
    }
  }

  function setState(args: unknown): void {
    const state = Array.isArray(args) ? (args[0] as RevealState | undefined) : undefined;
    if (state && typeof state === 'object') deck.setState(state);
  }

  function triggerKey(args: unknown): void {
    const code = Array.isArray(args) ? Number(args[0]) : Number.NaN;
    if (Number.isInteger(code)) deck.triggerKey(code);
  }

  function follow(message: Readonly<Record<string, unknown>>): void {
    const { namespace, block, index } = message;
    const slide = deck.getCurrentSlide();
    if (namespace !== 'loopreel' || typeof index !== 'number' || slide?.getAttribute('data-block') !== block) return;
    const stage = replays().of(slide);
    if (!stage || stage.player.position().index === index) return;
    stage.player.seek(index, 'outside');
  }

  return (stage, by) => {
    // What came from outside is known there; fragments travel with reveal's own state.
    if (by === 'outside') return;
    const { index } = stage.player.position();
    const move: Move = { namespace: 'loopreel', block: stage.replay.data.id, index };
    // Addressed by identity; the contents are no secret, and without a server there is no origin to name.
    const target = receiver ? main() : view && !view.closed ? (view.frames[0] ?? null) : null;
    target?.postMessage(JSON.stringify(move), '*');
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
