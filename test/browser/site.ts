import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { makeDeck } from '../../src/deck/deck.ts';
import { renderEmbedPage } from '../../src/deck/embed.ts';
import { renderScreen } from '../../src/deck/screen.ts';
import { packageRoot } from '../../src/node/root.ts';
import { stylesheet } from '../../src/node/stylesheets.ts';
import { readNote } from '../../src/notes/read.ts';
import type { ReplayData } from '../../src/replay/data.ts';
import { openReplay, pageDataOf, type Replay } from '../../src/replay/replay.ts';
import { makeStills } from '../../src/replay/stills.ts';
import { columns } from '../../src/text/width.ts';
import { type Body, record } from '../replay/loop.ts';
import { themeNamed } from '../themes.ts';

/** A small site on disk: a deck with one replay, the replay's own page, and a page that embeds it. */
export interface Site {
  readonly folder: string;
  readonly deck: string;
  readonly embed: string;
  readonly host: string;
  readonly replay: Replay;
  /** Id of the replay's slide. */
  readonly slide: string;
  /** Writes the own page of another replay, and gives its path. */
  addReplay(data: ReplayData): Promise<string>;
  remove(): Promise<void>;
}

const note = `# 셋이서 자리 둘

첫 장이다.

## 세마포어

\`\`\`python
async def visit(sem, name):
    async with sem:
        print(name)
        await asyncio.sleep(1)

async def main():
    sem = asyncio.Semaphore(2)
    await asyncio.gather(*(visit(sem, name) for name in "ABC"))
\`\`\`

:::notes
자리가 둘뿐이라고 말한다.
:::

## 끝

마지막 장이다.
`;

/** Three visitors, two seats: it has contention, a release, an advance of the clock and output. */
const visit = (name: string): Body =>
  function* () {
    yield { do: 'line', line: 2 };
    yield { do: 'acquire', resource: 0 };
    yield { do: 'line', line: 3 };
    yield { do: 'print', text: name };
    yield { do: 'line', line: 4 };
    yield { do: 'sleep', seconds: 1 };
    yield { do: 'release', resource: 0 };
  };
const main: Body = function* () {
  yield { do: 'line', line: 7 };
  yield { do: 'line', line: 8 };
  const children = ['A', 'B', 'C'].map((name) => ({
    coro: 'visit',
    args: [['name', `'${name}'`]] as [string, string][],
    body: visit(name),
  }));
  yield { do: 'gather', children };
};

/** Bundles the page's code and writes the site into a temporary folder. */
export async function makeSite(): Promise<Site> {
  const builder = await createBuilder({ root: packageRoot });
  await builder.buildApp();

  const parsed = readNote(note, 'seats.md');
  const block = parsed.blocks[0];
  if (!block) throw new Error('the note has no block');
  const data: ReplayData = {
    id: block.id,
    title: '세마포어',
    lang: 'ko',
    trace: record(main, [{ kind: 'Semaphore', label: 'sem', value: 2 }]),
    code: block.code.split('\n').map((text) => [{ text, kind: 'plain' }]),
    firstLine: 1,
  };
  const replay = openReplay(data);
  const stills = makeStills(replay);
  const replayJson = JSON.stringify(pageDataOf(replay));
  const deck = makeDeck(parsed, {
    shows: new Map([[block.id, { id: block.id, status: 'ran', stdout: 'A\nB\nC\n', stills, replayJson }]]),
    highlight: (code) => code.split('\n').map((text) => [{ text, kind: 'plain' }]),
    measure: (text) => columns(text) * 0.55,
  });

  const folder = await mkdtemp(join(tmpdir(), 'loopreel-site-'));
  const write = (path: string, content: string) => writeFile(join(folder, path), content);
  await mkdir(join(folder, 'replay'));
  await write('style.css', await stylesheet(themeNamed('quiet'), 'deck'));
  await write('fonts.css', localFonts());
  const script = (name: string) => join(packageRoot, 'dist', 'browser', `${name}.js`);
  await write(
    'index.html',
    renderScreen(deck, { stylesheet: 'style.css', fonts: 'fonts.css', script: script('deck'), sprite: '' }),
  );
  const addReplay = async (added: ReplayData): Promise<string> => {
    const opened = openReplay(added);
    const page = renderEmbedPage({
      title: added.title,
      lang: added.lang,
      replayJson: JSON.stringify(pageDataOf(opened)),
      stills: makeStills(opened),
      stylesheet: '../style.css',
      fonts: '../fonts.css',
      script: script('embed'),
      sprite: '',
    });
    await write(`replay/${added.id}.html`, page);
    return join(folder, 'replay', `${added.id}.html`);
  };
  const embed = await addReplay(data);
  await write(
    'host.html',
    `<!doctype html><meta charset="utf-8"><title>course</title><script src="${script('embed')}"></script>
<loopreel-replay src="replay/${block.id}.html" step="3" controls="step"></loopreel-replay>\n`,
  );
  await write(
    'sandbox.html',
    `<!doctype html><meta charset="utf-8"><title>course</title>
<iframe sandbox="allow-scripts" src="replay/${block.id}.html" width="360" height="740"></iframe>\n`,
  );
  await write(
    'sandbox-deck.html',
    `<!doctype html><meta charset="utf-8"><title>course</title>
<iframe sandbox="allow-scripts" src="index.html?from=mail" width="1280" height="720"></iframe>\n`,
  );
  const slide = deck.slides.find(({ kind }) => kind === 'replay')?.id;
  if (!slide) throw new Error('the deck has no replay slide');
  return {
    folder,
    deck: join(folder, 'index.html'),
    embed,
    addReplay,
    host: join(folder, 'host.html'),
    replay,
    slide,
    remove: () => rm(folder, { recursive: true }),
  };
}

function localFonts(): string {
  const modules = join(packageRoot, 'node_modules');
  const pretendard = join(modules, 'pretendard', 'dist', 'public', 'static', 'alternative');
  const faces = [
    ['Loopreel Sans', 400, join(pretendard, 'Pretendard-Regular.ttf')],
    ['Loopreel Sans', 700, join(pretendard, 'Pretendard-Bold.ttf')],
    ['Loopreel Mono', 400, join(modules, 'd2coding', 'fonts', 'd2coding-full.ttf')],
    ['Loopreel Mono', 700, join(modules, 'd2coding', 'fonts', 'd2coding-bold-full.ttf')],
  ] as const;
  return faces
    .map(
      ([family, weight, path]) =>
        `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url("${path}"); }`,
    )
    .join('\n');
}
