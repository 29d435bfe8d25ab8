import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderChanges } from '../../deck/changes.ts';
import { fontStylesheet } from '../fontStylesheet.ts';
import { madeIn, openOutput } from '../output.ts';
import type { PreparedDecks } from '../prepare.ts';
import { packageRoot } from '../root.ts';
import { stylesheet } from '../stylesheets.ts';
import { viewport } from './environment.ts';
import type { Finding } from './finding.ts';

/** The report's place in the output folder. */
const path = 'snapshot/index.html';

/** Pictures that one page can hold, of some 400 kB each; further ones are named. */
const mostPictures = 150;

/**
 * Writes the page that shows what differs; removes the one of an earlier run when nothing does.
 *
 * @param summary What it says above all.
 * @returns Its path in the folder; undefined when there is none.
 */
export async function writeReport(
  findings: readonly Finding[],
  summary: string,
  out: string,
  { faces, theme, cacheDirectory }: PreparedDecks,
): Promise<string | undefined> {
  if (findings.length === 0 && !(await madeIn(out)).has(path)) return undefined;
  const output = await openOutput(out);
  try {
    if (findings.length > 0) {
      const code = await readFile(join(packageRoot, 'dist', 'browser', 'changes.js'), 'utf8');
      const page = { summary, ...viewport, code };
      const plain = findings.map(({ deck, name, title, lang, kind, detail }) => ({
        name: `${deck}/${name}`,
        title,
        lang,
        kind,
        detail,
      }));
      const bare = renderChanges({ ...page, css: '', pictures: plain });
      const css = (await fontStylesheet(faces, bare, 'en', cacheDirectory)) + (await stylesheet(theme, 'changes'));
      const pictures = plain.map((picture, n) => ({
        ...picture,
        ...(findings[n] && n < mostPictures ? picturesOf(findings[n]) : {}),
      }));
      await output.add(path, renderChanges({ ...page, css, pictures }));
    }
    await output.commit((old) => old === path);
    return findings.length > 0 ? path : undefined;
  } finally {
    await output.discard();
  }
}

function picturesOf({ baseline, actual, difference }: Finding) {
  const address = (png: Uint8Array | undefined) =>
    png && `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return {
    baseline: address(baseline),
    actual: address(actual),
    mask: address(difference?.mask),
    box: difference?.box,
  };
}
