/**
 * What printing costs: decks of more and more slides as PDFs, in seconds, beside the floor: the same static page printed
 * with `page.pdf` in the same browser, in turn with it. The memory is that of Node and of all processes of the browser
 * together, at its highest. Part of `npm run bench`; only ratios travel between machines.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { load, unload } from './load.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'loopreel-paper-'));
const runs = Number(process.env.ROUNDS ?? 5);

/** A section of ten slides: text, a table, a program. */
const section = (n) => `
## Section ${n}

${Array.from(
  { length: 3 },
  (_, k) => `### Text ${n}.${k}

${Array.from({ length: 6 }, (_, line) => `- 기다림은 남의 시간이다 ${n}.${k}.${line}: **\`await\`**는 자리를 내준다`).join('\n')}

### Table ${n}.${k}

| 차 | 초 | 말 |
|---|--:|---|
${Array.from({ length: 6 }, (_, row) => `| 차 ${row} | ${row * n} | 자리를 내주면 모두가 움직인다 |`).join('\n')}

### Code ${n}.${k}

\`\`\`js
${Array.from({ length: 14 }, (_, line) => `const value${line} = await brew("tea ${n}", ${line});`).join('\n')}
\`\`\`
`,
).join('\n')}`;

/** Resident bytes of a process and of all that it started, from /proc; 0 where there is none. */
function memoryOf(root) {
  const parents = new Map();
  try {
    for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        parents.set(Number(entry), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1]));
      } catch {
        // It has ended meanwhile.
      }
    }
  } catch {
    return 0;
  }
  const isOurs = (id) => id === root || (parents.has(id) && isOurs(parents.get(id)));
  let bytes = 0;
  for (const id of parents.keys()) {
    if (!isOurs(id)) continue;
    try {
      // Shared pages are counted once: the browser's processes share most of their code.
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
      bytes += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
    } catch {
      // It has ended meanwhile.
    }
  }
  return bytes;
}

/** The most memory, in bytes, that a run of the command line was seen with. */
function watch(argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...argv], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, memoryOf(child.pid));
    }, 100);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(most);
      else reject(new Error(`${argv.join(' ')} ended with ${code}`));
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = async (action) => {
  const start = process.hrtime.bigint();
  await action();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

const { exporters } = await load('src/node/export/kinds.ts');
const { staticPage } = await load('src/node/export/staticPage.ts');
const { renderPrint } = await load('src/deck/print.ts');
const { prepare } = await load('src/node/prepare.ts');
const { launchBrowser } = await load('src/node/chromium.ts');
const { cacheDirectory } = await load('src/node/record/cache.ts');

const effects = { print() {}, problem: console.error, messages() {}, progress() {} };
// Fonts are cut down in the first round and kept, as for a note that is exported again.
const caches = { cacheDirectory: join(folder, 'cache'), runtimeDirectory: cacheDirectory(root) };
const browser = await launchBrowser({ cacheDirectory: caches.runtimeDirectory, packaged: true });
try {
  for (const sections of [11, 33, 110]) {
    const file = join(folder, `deck-${sections}.md`);
    writeFileSync(file, `# Deck\n${Array.from({ length: sections }, (_, n) => section(n + 1)).join('')}`);
    const decks = await prepare({ paths: [file], ...caches }, effects);
    const [deck] = decks.decks;
    const html = await staticPage(deck, decks, 'print', renderPrint, effects);
    const page = join(folder, 'page.html');
    writeFileSync(page, html);
    const tools = { browser: async () => browser, output: { add: async () => undefined }, effects };
    const ours = [];
    const floors = [];
    for (let run = 0; run <= runs; run++) {
      const floor = await seconds(async () => {
        const tab = await browser.newPage();
        await tab.goto(pathToFileURL(page).href);
        await tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 });
        await tab.close();
      });
      const own = await seconds(() => exporters.pdf(deck, decks, tools));
      // The first round warms what is loaded once.
      if (run > 0) floors.push(floor);
      if (run > 0) ours.push(own);
    }
    const bytes = await watch(['export', file, '--pdf', '--out', join(folder, 'out')]);
    const ratio = (median(ours) / median(floors)).toFixed(2);
    const memory = bytes > 0 ? `, ${Math.round(bytes / 1e6)} MB at most with the browser` : '';
    const count = String(deck.deck.slides.length).padStart(5);
    console.log(`${median(ours).toFixed(2).padStart(6)} s  ${count} slides as PDF  ${ratio} × page.pdf${memory}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
  await unload();
}
