/**
 * `npm run gallery`: the folders of `test/cases` as pages, each with its note, its live replay, its stills and its
 * trace: the same that the tests compare. The replays are recorded anew; stills and traces are the committed ones.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cases = join(root, 'test', 'cases');
const out = process.argv[2] ?? join(root, 'out', 'gallery');
const names = readdirSync(cases).sort();
const read = (...path) => readFileSync(join(cases, ...path), 'utf8');
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

// 1. The decks, each note under its folder's name.
const notes = mkdtempSync(join(tmpdir(), 'loopreel-gallery-'));
try {
  for (const name of names) copyFileSync(join(cases, name, '1-notes.md'), join(notes, `${name}.md`));
  const command = [join(root, 'dist', 'cli.js'), 'build', notes, '--out', out];
  execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
} finally {
  rmSync(notes, { recursive: true, force: true });
}

// 2. A page for each, and one that shows them all.
const assets = readdirSync(join(out, 'assets'));
const theme = assets.find((file) => file.endsWith('-quiet.css'));
const page = (title, body, styles) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${styles.map((address) => `<link rel="stylesheet" href="${address}">`).join('')}
<style>
body { margin: 0 auto; max-width: 1500px; padding: 24px; font-size: 16px; line-height: 1.5; }
ul.cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 24px; padding: 0; list-style: none; }
ul.cases img { display: block; width: 100%; border: 1px solid #ddd; border-radius: 6px; }
.stills { display: grid; grid-template-columns: repeat(auto-fill, minmax(560px, 1fr)); gap: 24px; }
.stills svg { width: 100%; height: auto; }
pre { overflow: auto; max-height: 26em; padding: 12px; border: 1px solid #ddd; border-radius: 6px; font: 14px/1.5 "Loopreel Mono", "Loopreel Sans", monospace; }
</style></head><body>
${body}
</body></html>
`;
const caseFolder = join(out, 'cases');
mkdirSync(caseFolder, { recursive: true });
for (const name of names) {
  const replay = readdirSync(join(out, name, 'replay'))
    .sort()
    .at(-1);
  const stills = readdirSync(join(cases, name)).filter((file) => file.startsWith('5-still-'));
  copyFileSync(join(cases, name, '7-replay.png'), join(caseFolder, `${name}.png`));
  const body = `<p><a href="../gallery.html">all cases</a> · <a href="../${name}/index.html">deck</a></p>
<h1>${name}</h1>
<pre>${escaped(read(name, '1-notes.md'))}</pre>
<script src="../assets/embed.js"></script>
<loopreel-replay src="../${name}/replay/${replay}" title="${name}"></loopreel-replay>
<h2>Stills</h2>
<div class="stills">${stills.map((file) => `<figure>${read(name, file)}<figcaption>${file}</figcaption></figure>`).join('\n')}</div>
<details><summary>Trace</summary><pre>${escaped(read(name, '3-trace.jsonl'))}</pre></details>`;
  writeFileSync(join(caseFolder, `${name}.html`), page(name, body, [`../${name}/fonts.css`, `../assets/${theme}`]));
}
const cards = names.map(
  (name) => `<li><a href="cases/${name}.html"><img src="cases/${name}.png" alt="" loading="lazy">${name}</a></li>`,
);
const gallery = join(out, 'gallery.html');
writeFileSync(
  gallery,
  page('Gallery', `<h1>Gallery</h1><ul class="cases">${cards.join('\n')}</ul>`, [`assets/${theme}`]),
);
console.log(relative(root, gallery));
