import { alonePage } from '../alonePage.ts';
import { UserError } from '../errors.ts';
import type { Exporter } from './kinds.ts';

/** `<deck>.html`: the live deck with everything inside. */
export const singleFile: Exporter = async (prepared, shared, { output, effects }) => {
  const html = await alonePage(prepared, shared, effects);
  if (html === undefined) return undefined;
  const path = `${prepared.deck.name}.html`;
  if (path === 'index.html' && (await output.known()).has('fonts.css'))
    throw new UserError(
      `\`${path}\` is the site's list of decks; choose another --out for note \`${prepared.note.path}\``,
    );
  await output.add(path, html);
  return [path];
};
