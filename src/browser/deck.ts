import Reveal from 'reveal.js';
import Notes from 'reveal.js/plugin/notes';
import { withOwnParameters } from './address.ts';
import { announceSlides } from './announcer.ts';
import { showCodeSteps } from './codeSteps.ts';
import { addFooter } from './footer.ts';
import { followGround } from './ground.ts';
import { takeScheme } from './scheme.ts';
import { joinSpeakerView } from './speaker.ts';
import { type Replays, takeOverReplays } from './takeover.ts';
import { controlWords } from './words.ts';

/** The deck's page: reveal.js with our settings (design.md §2), then replays, footer and what screen readers need. */
function startDeck(wrapper: HTMLElement): void {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const deck = new Reveal(wrapper, {
    width: 1920,
    height: 1080,
    margin: 0,
    minScale: 0.05,
    maxScale: 4,
    center: false,
    hash: true,
    fragmentInURL: true,
    controls: true,
    controlsLayout: 'edges',
    controlsBackArrows: 'visible',
    controlsTutorial: false,
    progress: false,
    slideNumber: false,
    // Linear: one row of arrows walks through all slides, down the stacks too, as a clicker does.
    navigationMode: 'linear',
    transition: reduced ? 'none' : 'fade',
    transitionSpeed: 'fast',
    backgroundTransition: 'none',
    // Versions of one code: the lines that stay move to their new places.
    autoAnimate: !reduced,
    autoAnimateDuration: 0.8,
    // The scroll view replaces the nodes that D3 draws into, and would start by itself on phones.
    scrollActivationWidth: 0,
    pdfSeparateFragments: false,
    postMessage: false,
    postMessageEvents: false,
    previewLinks: false,
    plugins: [Notes],
  });

  let replays: Replays;
  const tell = joinSpeakerView(window, deck, () => replays);
  replays = takeOverReplays(deck, tell);
  showCodeSteps(deck);
  deck.on('ready', () => {
    announceSlides(deck);
    addFooter(deck);
    followGround(deck);
    const words = controlWords[document.documentElement.lang.startsWith('ko') ? 'ko' : 'en'];
    deck.registerKeyboardShortcut(', .  [ ]  P  T  R  W', words.shortcuts);
  });
  void deck.initialize();
  // The speaker view asks for reveal's events by parameter, from the first one on; `speaker.ts` sends them instead.
  deck.configure({ postMessageEvents: false });
}

const wrapper = document.querySelector<HTMLElement>('.reveal');
if (wrapper) {
  takeScheme(window);
  withOwnParameters(window, () => startDeck(wrapper));
}
