import type { RevealApi } from 'reveal.js';
import type { PageData } from '../replay/data.ts';
import { openReplay } from '../replay/replay.ts';
import { element } from './elements.ts';
import { whenIdle } from './idle.ts';
import type { Mover } from './player.ts';
import { mountReplay, type Stage } from './stage.ts';
import { controlWords } from './words.ts';

/** The live replays of a deck. */
export interface Replays {
  /** The live replay of a slide, made when it is first asked for; null when the slide has none that can be read. */
  of(slide: Element | null | undefined): Stage | null;
}

/**
 * Turns slides' stacks of stills into live replays, each when its slide is first shown: until then the stills serve
 * the overview, and a hundred replays cost nothing at the start.
 *
 * reveal's fragments hold the truth: key step n is shown when n of them are visible. reveal fires one `fragmentshown`
 * when a jump crosses three, and only `slidechanged` on the way back to a slide (js/controllers/fragments.js), so
 * every event leads to an absolute key step.
 *
 * @param onMove Told of every position that is reached.
 */
export function takeOverReplays(deck: RevealApi, onMove: (stage: Stage, by: Mover) => void): Replays {
  const stages = new Map<Element, Stage | null>();

  const of: Replays['of'] = (slide) => {
    const root = slide?.querySelector<HTMLElement>('.loopreel-replay[data-block]');
    if (!slide || !root) return null;
    const known = stages.get(root);
    if (known !== undefined) return known;
    const stage = makeLive(slide, root, (made, by) => {
      raiseFragments(slide, made);
      onMove(made, by);
    });
    stages.set(root, stage);
    return stage;
  };

  deck.on('ready', arrive);
  deck.on('slidechanged', arrive);
  function arrive(): void {
    const slide = deck.getCurrentSlide();
    for (const [root, stage] of stages) if (!slide?.contains(root)) stage?.player.pause();
    if (slide) of(slide)?.player.toKeyStep(visibleFragments(slide), 'cut', 'outside');
    // The next one is made while nothing else is to do, so that turning the slide does not wait for it.
    const slides = deck.getSlides();
    const next = slides[slides.indexOf(slide) + 1];
    if (next) whenIdle(() => of(next));
  }
  for (const type of ['fragmentshown', 'fragmenthidden']) {
    deck.on(type, (event) => {
      const slide = deck.getCurrentSlide();
      const stage = of(slide);
      // Fragments that only follow the player, which may stand between two key steps, must not pull it back.
      if (!slide || !stage || following) return;
      const { fragments } = event as unknown as { readonly fragments?: readonly unknown[] };
      const oneForward = type === 'fragmentshown' && fragments?.length === 1;
      stage.player.toKeyStep(visibleFragments(slide), oneForward ? 'glide' : 'cut', 'outside');
    });
  }

  let following = false;
  /** Keeps reveal's count in step, so that the clicker goes on from where the reader has come to. */
  function raiseFragments(slide: Element, stage: Stage): void {
    const { keyStep } = stage.player.position();
    if (slide !== deck.getCurrentSlide() || visibleFragments(slide) === keyStep) return;
    const fragment = fragmentsOf(slide)[keyStep - 1];
    following = true;
    deck.navigateFragment(fragment ? Number(fragment.dataset.fragmentIndex ?? keyStep - 1) : -1);
    following = false;
  }

  return { of };
}

function fragmentsOf(slide: Element): HTMLElement[] {
  return [...slide.querySelectorAll<HTMLElement>('.loopreel-replay .fragment')];
}

function visibleFragments(slide: Element): number {
  return fragmentsOf(slide).filter((fragment) => fragment.classList.contains('visible')).length;
}

/** Stills give way to the live picture; what is left of them carries the captions as a list, and reveal's count. */
function makeLive(slide: Element, root: HTMLElement, onMove: (stage: Stage, by: Mover) => void): Stage | null {
  const json = slide.querySelector('script.loopreel-data')?.textContent;
  if (!json) return null;
  const visible = visibleFragments(slide);
  try {
    const replay = openReplay(JSON.parse(json) as PageData);
    let stage: Stage | null = null;
    const made = mountReplay(root, replay, {
      place: 'slide',
      onEffect(effect) {
        if (effect.kind === 'step' && stage) onMove(stage, effect.by);
      },
    });
    const figures = [...root.querySelectorAll<HTMLElement>(':scope > .still')];
    for (const figure of figures) {
      figure.setAttribute('role', 'listitem');
      figure.querySelector('svg')?.remove();
      const caption = figure.querySelector('figcaption');
      if (caption) caption.replaceWith(...caption.childNodes);
    }
    const label = controlWords[replay.data.lang].steps;
    root.append(element('div', { class: 'visually-hidden steps', role: 'list', 'aria-label': label }, figures));
    made.player.toKeyStep(visible, 'cut', 'outside');
    stage = made;
    return made;
  } catch (error) {
    // The stills stay: they tell the same, without moving.
    console.error(error);
    return null;
  }
}
