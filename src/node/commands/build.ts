import { join } from 'node:path';
import { Command } from 'commander';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

export function buildCommand(perform: Perform): Command {
  return takesNotes(new Command('build'))
    .description('make the site: a deck, its traces and its embeddable replays for each note')
    .addOption(shared.out())
    .addOption(shared.theme())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: SharedOptions) =>
      perform(async (effects) => {
        const { build } = await import('../build.ts');
        const outcome = await build({ ...(await inputs(paths, options)), out: options.out }, effects);
        for (const { deck } of outcome.decks) effects.print(join(options.out, deck.name, 'index.html'));
        return outcome.failed;
      }),
    );
}
