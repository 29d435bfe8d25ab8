import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

interface CheckCommandOptions extends Omit<SharedOptions, 'out'> {
  readonly slides: boolean;
  readonly json?: true;
  readonly fix?: true;
  readonly yes?: true;
}

export function checkCommand(perform: Perform): Command {
  return takesNotes(new Command('check'))
    .description('hold what notes promise against what their blocks really do, and look at every slide')
    .option('--json', 'print what was found as JSON')
    .option('--fix', 'write the real outputs into the notes, after showing the change')
    .option('-y, --yes', 'with --fix: do not ask')
    .option('--no-slides', 'check the text and the blocks alone, without a browser')
    .addOption(shared.theme())
    .addOption(shared.browser())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: CheckCommandOptions) =>
      perform(async (effects) => {
        const { json = false, fix = false, yes = false, slides, browser } = options;
        const terminal = process.stdin.isTTY && process.stdout.isTTY;
        if (fix && !yes && (!terminal || json)) {
          throw new UsageError('--fix asks before it writes, and here nobody can be asked; add --yes');
        }
        const { checkCommand } = await import('../checkCommand.ts');
        const colours = process.stdout.isTTY && !process.env.NO_COLOR;
        const given = { slides, browser, json, fix, yes, colours };
        return checkCommand({ ...(await inputs(paths, options)), ...given }, effects);
      }),
    );
}
