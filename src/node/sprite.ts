import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { textRuns } from '../text/emoji.ts';
import { hasCode } from './errors.ts';

/**
 * Twemoji's pictures of every emoji in a text, as one hidden `<svg>` of `<symbol id="emoji-…">`, for pages to `<use>`.
 *
 * @returns The sprite (empty when there is no emoji) and the emoji that Twemoji has no picture of.
 */
export async function emojiSprite(
  text: string,
): Promise<{ readonly sprite: string; readonly missing: readonly string[] }> {
  const pictures = dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'));
  const wanted = new Map<string, string>();
  for (const run of textRuns(text)) if (run.emoji) wanted.set(run.emoji, run.text);
  const symbols: string[] = [];
  const missing: string[] = [];
  for (const [id, emoji] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      const svg = await readFile(join(pictures, `${id}.svg`), 'utf8');
      const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
      symbols.push(`<symbol id="emoji-${id}" viewBox="0 0 36 36">${inside}</symbol>`);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      missing.push(emoji);
    }
  }
  const sprite = symbols.length
    ? `<svg class="emoji-sprite" aria-hidden="true" width="0" height="0" style="position:absolute">${symbols.join('')}</svg>`
    : '';
  return { sprite, missing };
}
