import { Command } from 'commander';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

export function startCommand(perform: Perform): Command {
  return takesNotes(new Command('start'))
    .description('build the site and the PDFs, and say what to open')
    .addOption(shared.out())
    .addOption(shared.theme())
    .addOption(shared.browser())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: SharedOptions) =>
      perform(async (effects) => {
        const { start } = await import('../start.ts');
        const target = { out: options.out, browser: options.browser };
        return start({ ...(await inputs(paths, options)), ...target }, effects);
      }),
    );
}
