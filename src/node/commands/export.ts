import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

export function exportCommand(perform: Perform): Command {
  return takesNotes(new Command('export'))
    .description('make PDFs, handouts and pictures of each note')
    .option('--pdf', 'DIR/<name>.pdf: the slides, replays as their key steps')
    .option('--handout', 'DIR/<name>-handout.pdf: A4 pages with slides, notes and storyboards')
    .option('--png', 'DIR/<name>/<slide>.png: a picture of each slide')
    .addOption(shared.out())
    .addOption(shared.theme())
    .addOption(shared.browser())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: SharedOptions & { pdf?: true; handout?: true; png?: true }) =>
      perform(async (effects) => {
        const kinds = (['pdf', 'handout', 'png'] as const).filter((kind) => options[kind]);
        if (kinds.length === 0) throw new UsageError('nothing to export; give --pdf, --handout or --png');
        const { exportDecks } = await import('../export/export.ts');
        const target = { out: options.out, kinds, browser: options.browser };
        const outcome = await exportDecks({ ...(await inputs(paths, options)), ...target }, effects);
        for (const file of outcome.files) effects.print(join(options.out, file));
        return outcome.failed;
      }),
    );
}
