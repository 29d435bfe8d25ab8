import type { Player } from './player.ts';

/** What a key does while the replay has the focus, by `KeyboardEvent.code`: a Korean layout moves no key. */
const replayKeys: Readonly<Record<string, (player: Player) => void>> = {
  Comma: (player) => player.step(-1),
  Period: (player) => player.step(1),
  BracketLeft: (player) => player.keyStep(-1),
  BracketRight: (player) => player.keyStep(1),
  Home: (player) => player.toStart(),
  End: (player) => player.toEnd(),
  KeyP: (player) => player.toggle(),
  KeyT: (player) => player.toggleAxis(),
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
export function bindKeys(root: HTMLElement, slider: HTMLElement, player: Player): void {
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const { target, code } = event;
    const onButton = target instanceof Element && target.closest('button') !== null;
    // The browser turns these into a click; reveal.js would take Space for "next slide".
    if (onButton && (code === 'Space' || code === 'Enter')) return event.stopPropagation();
    if (code === 'Escape') {
      const focused = root.ownerDocument.activeElement;
      if (focused instanceof HTMLElement) focused.blur();
    } else {
      const action = replayKeys[code] ?? (target === slider ? sliderKeys[code] : undefined);
      if (!action) return;
      action(player);
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
