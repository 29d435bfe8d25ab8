import { startEmbedPage } from './embedPage.ts';
import { defineReplayElement } from './replayElement.ts';
import { takeScheme } from './scheme.ts';

// One script for both ends: the replay's own page, and pages that show one by <loopreel-replay>.
if (document.body?.classList.contains('embed')) {
  takeScheme(window);
  startEmbedPage(window);
} else defineReplayElement();
