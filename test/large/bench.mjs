/**
 * What replays of a hundred thousand events cost, in headless Chromium at 1920 × 1080: opening, seeking, scrubbing. All
 * is timed inside of the page. Only the ratios travel between machines: they are to what parsing the same recording's
 * lines as JSON takes there.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { load, unload } from '../load.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const out = mkdtempSync(join(tmpdir(), 'loopreel-large-'));
const rounds = Number(process.env.ROUNDS ?? 5);

/** The q-th quantile of some numbers. */
const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const shown = (milliseconds) => `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0).padStart(7)} ms`;

/** Notes when the recording stands in the page and when the live picture has been painted. */
function watchOpening() {
  new MutationObserver(() => {
    const times = globalThis;
    if (times.arrived === undefined && document.querySelector('script.loopreel-data'))
      times.arrived = performance.now();
    if (times.live === undefined && document.querySelector('.loopreel-replay.live > svg')) {
      times.live = performance.now();
      requestAnimationFrame(() => setTimeout(() => Object.assign(times, { painted: performance.now() })));
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Opens, seeks and draws in the page without its player. */
function probeReplay() {
  const { openReplay, pictureOf, drawReplay, unpackTrace } = globalThis.probe;
  const data = JSON.parse(document.querySelector('script.loopreel-data').textContent);
  const time = (action) => {
    const begun = performance.now();
    action();
    return performance.now() - begun;
  };
  const unpack = time(() => unpackTrace(data.trace));
  let replay;
  const open = time(() => {
    replay = openReplay(data);
  });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  document.body.append(svg);
  const { stops, trace } = replay;
  let seed = 1;
  const anywhere = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return stops[seed % stops.length];
  };
  const many = (count, action) => Array.from({ length: count }, () => action(anywhere()));
  const size = { layout: 'wide', width: 1776, height: 836, scrubber: false };
  const seeks = many(2000, (index) => time(() => replay.stateAt(index)));
  const wholes = many(300, (index) =>
    time(() => {
      const state = replay.stateAt(index);
      for (const part of Object.values(state)) if (part?.forEach) part.forEach(() => {});
    }),
  );
  const lanes = many(2000, (index) =>
    time(() => {
      const { tasks } = replay.stateAt(index);
      for (let id = 1; id <= 12; id++) tasks.get(id);
    }),
  );
  const pictures = many(200, (index) => time(() => pictureOf(replay, index, size)));
  const draws = many(200, (index) =>
    time(() => {
      drawReplay(svg, replay, index, size);
      svg.getBoundingClientRect();
    }),
  );
  const elements = many(60, (index) => {
    drawReplay(svg, replay, index, { ...size, axis: 'proportional' });
    return svg.querySelectorAll('*').length;
  });
  const groups = svg.querySelectorAll('g').length;
  return { unpack, open, seeks, wholes, lanes, pictures, draws, elements, groups, events: trace.events.length };
}

/** Drags the slider to and fro, once a frame, and times each frame. */
async function scrub() {
  const slider = document.querySelector('.scrubber');
  const { left, width, top, height } = slider.getBoundingClientRect();
  const point = (type, share) =>
    slider.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        button: 0,
        pointerId: 1,
        clientX: left + share * width,
        clientY: top + height / 2,
      }),
    );
  slider.setPointerCapture = () => {};
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  point('pointerdown', 0.5);
  const frames = [];
  const work = [];
  let before = await frame();
  for (let n = 0; n < 240; n++) {
    const begun = performance.now();
    point('pointermove', 0.5 + 0.49 * Math.sin(n / 15));
    slider.closest('.loopreel-replay').getBoundingClientRect();
    work.push(performance.now() - begun);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  point('pointerup', 0.5);
  return { frames, work };
}

const probe = join(out, 'probe.js');
let browser;
try {
  // 1. Two recordings, the pages that a reader gets of them, and the code of those pages to be timed by itself.
  execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), 'build', join(here, 'crowds.md'), '--out', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: out,
      emptyOutDir: false,
      lib: { entry: join(here, 'probe.ts'), name: 'p', formats: ['iife'], fileName: () => 'probe.js' },
    },
  });
  const { openChromium } = await load('test/chromium.ts');
  browser = await openChromium();

  for (const block of ['b1', 'b2']) {
    const lines = readFileSync(join(out, 'crowds', 'traces', `${block}.jsonl`), 'utf8');
    const results = [];
    for (let round = 0; round < rounds; round++) {
      const page = await browser.newPage();
      await page.setViewport({ width: 1920, height: 1080 });
      await page.evaluateOnNewDocument(watchOpening);
      await page.goto(pathToFileURL(join(out, 'crowds', 'replay', `${block}.html`)).href);
      await page.waitForFunction(() => globalThis.painted !== undefined);
      const opening = await page.evaluate(() => ({
        arrived: globalThis.arrived,
        live: globalThis.live,
        painted: globalThis.painted,
        first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      }));
      const scrubbing = await page.evaluate(scrub);
      await page.addScriptTag({ path: probe });
      const parse = await page.evaluate((text) => {
        const begun = performance.now();
        for (const line of text.split('\n')) if (line !== '') JSON.parse(line);
        return performance.now() - begun;
      }, lines);
      results.push({ opening, ...scrubbing, parse, ...(await page.evaluate(probeReplay)) });
      await page.close();
    }
    // 2. Each figure is the median of the rounds.
    const median = (read) => quantile(results.map(read), 0.5);
    const floor = median(({ parse }) => parse);
    const say = (value, name, ratio = true) =>
      console.log(`${shown(value)}  ${name}${ratio ? `  ${(value / floor).toFixed(2)} × parsing its lines` : ''}`);
    console.log(`\n${block}: ${results[0].events} events, ${(lines.length / 1e6).toFixed(1)} MB of lines`);
    say(floor, 'parsing its lines', false);
    say(
      median(({ opening }) => opening.first - opening.arrived),
      'recording in the page → its first picture painted',
    );
    say(
      median(({ opening }) => opening.painted - opening.arrived),
      'recording in the page → live picture painted',
    );
    say(
      median(({ unpack }) => unpack),
      'unpacking',
    );
    say(
      median(({ open }) => open),
      'opening, all in all',
    );
    for (const [name, read] of [
      ['looking 12 lanes up', ({ lanes }) => lanes],
      ['seek', ({ seeks }) => seeks],
      ['whole state', ({ wholes }) => wholes],
      ['picture', ({ pictures }) => pictures],
      ['picture drawn and laid out', ({ draws }) => draws],
      ['scrubbing, script and layout a frame', ({ work }) => work],
      ['scrubbing, from frame to frame', ({ frames }) => frames],
    ]) {
      const at = (q) => median((result) => quantile(read(result), q));
      console.log(`${shown(at(0.5))}  ${name}, p50; p95 ${at(0.95).toFixed(2)}, p99 ${at(0.99).toFixed(2)}`);
    }
    console.log(
      `${String(Math.max(...results.flatMap(({ elements }) => elements))).padStart(7)}     elements of the fullest picture on the proportional axis, ${results[0].groups} groups of the last`,
    );
  }
} finally {
  await browser?.close();
  await unload();
  rmSync(out, { recursive: true, force: true });
}
