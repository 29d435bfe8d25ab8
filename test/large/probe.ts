/** What the measurements call inside of a page; bundled by `bench.mjs`, no part of what is shipped. */
import { drawReplay } from '../../src/replay/draw.ts';
import { pictureOf } from '../../src/replay/picture.ts';
import { openReplay } from '../../src/replay/replay.ts';
import { unpackTrace } from '../../src/trace/pack.ts';

Object.assign(globalThis, { probe: { drawReplay, openReplay, pictureOf, unpackTrace } });
