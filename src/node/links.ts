import { visit } from 'unist-util-visit';
import type { VFileMessage } from 'vfile-message';
import { deckAddress } from '../deck/content.ts';
import type { Note } from '../notes/note.ts';
import { noteWarning } from './problems.ts';

/**
 * Links of a note to notes that have no deck.
 *
 * @param decks Names of the decks that the site has.
 * @param told Links that something else is known to be wrong with.
 */
export function deadLinks(note: Note, decks: ReadonlySet<string>, told: ReadonlySet<string>): VFileMessage[] {
  const dead: VFileMessage[] = [];
  visit(note.tree, (node) => {
    if ((node.type !== 'link' && node.type !== 'definition') || told.has(node.url)) return;
    const name = /^\.\.\/([^/]+)\/index\.html$/.exec(deckAddress(node.url))?.[1];
    if (name === undefined || decks.has(decodeURIComponent(name))) return;
    const reason = `link \`${node.url}\` leads to a note that has no deck here`;
    dead.push(
      noteWarning(
        reason,
        node.position?.start.line ?? 1,
        'link-dead',
        'Build that note too, or correct the link.',
        node.position?.file,
      ),
    );
  });
  return dead;
}
