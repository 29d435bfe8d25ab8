import { currentLine } from '../replay/panels/codeCursors.ts';
import type { Replay } from '../replay/replay.ts';
import type { Player } from './player.ts';
import { toNextStop } from './pointing.ts';

/** What a key does while the replay has the focus, by `KeyboardEvent.code`: a Korean layout moves no key. */
const replayKeys: Readonly<Record<string, (player: Player, replay: Replay) => void>> = {
  Comma: (player) => player.step(-1),
  Period: (player) => player.step(1),
  BracketLeft: (player) => player.keyStep(-1),
  BracketRight: (player) => player.keyStep(1),
  Home: (player) => player.toStart(),
  End: (player) => player.toEnd(),
  KeyP: (player) => player.toggle(),
  KeyT: (player) => player.toggleAxis(),
  KeyR(player, replay) {
    const line = currentLine(replay, replay.stateAt(player.position().index));
    toNextStop(replay, player, { kind: 'line', line });
  },
  KeyW(player, replay) {
    const tasks = [...replay.labels.keys()];
    const { followed, index } = player.position();
    const next = followed === null ? replay.stateAt(index).running?.task : tasks[tasks.indexOf(followed) + 1];
    player.follow(next ?? (followed === null ? (tasks[0] ?? null) : null));
  },
};

/** What a key does on the slider, besides (ARIA Authoring Practices, slider pattern). Page keys stay the clicker's. */
const sliderKeys: Readonly<Record<string, (player: Player) => void>> = {
  ArrowLeft: (player) => player.step(-1),
  ArrowDown: (player) => player.step(-1),
  ArrowRight: (player) => player.step(1),
  ArrowUp: (player) => player.step(1),
};

/**
 * Listens for the replay's keys inside of `root`. What it handles goes no further, so that reveal.js, which listens
 * at the document, does not pause on `.` or leave the slide on End.
 */
export function bindKeys(root: HTMLElement, slider: HTMLElement, replay: Replay, player: Player): void {
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const { target, code } = event;
    const onButton = target instanceof Element && target.closest('button') !== null;
    // The browser turns these into a click; reveal.js would take Space for "next slide".
    if (onButton && (code === 'Space' || code === 'Enter')) return event.stopPropagation();
    if (code === 'Escape') {
      const focused = root.ownerDocument.activeElement;
      if (player.position().followed !== null) player.follow(null);
      else if (focused instanceof HTMLElement) focused.blur();
    } else {
      const action = replayKeys[code] ?? (target === slider ? sliderKeys[code] : undefined);
      if (!action) return;
      action(player, replay);
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
