import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { ExportCommand, type HandoutCommandOptions, handoutOf, handoutOption, paperOption } from './handoutOptions.ts';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

const kinds = ['pdf', 'handout', 'png', 'webp', 'singleFile', 'svg', 'gif', 'pptx', 'md'] as const;

type Kind = (typeof kinds)[number];

interface ExportCommandOptions
  extends SharedOptions,
    Partial<Record<Exclude<Kind, 'handout'>, true>>,
    HandoutCommandOptions {
  readonly steps?: true;
}

export function exportCommand(perform: Perform): Command {
  return takesNotes(new ExportCommand('export'))
    .description('make PDFs, handouts and pictures of each note')
    .option('--pdf', 'DIR/<name>.pdf: the slides, replays as their key steps')
    .addOption(handoutOption())
    .addOption(paperOption())
    .option('--exercise', 'with --handout: ready queues are left blank, the answers stand on the last page')
    .option('--png', 'DIR/<name>/<slide>.png: a picture of each slide, 3840 × 2160')
    .option('--webp', 'DIR/<name>/<slide>.webp: the same, smaller')
    .option(
      '--pptx',
      'DIR/<name>.pptx: PowerPoint, its texts, tables and codes to be edited; replays as their key steps',
    )
    .option('--single-file', 'DIR/<name>.html: the live deck as one file, to be mailed or opened without a server')
    .option('--svg', 'DIR/<name>/replay/<block>.svg: each replay as a picture that moves, without a script')
    .option('--gif', 'DIR/<name>/replay/<block>.gif: the same, 960 pixels wide, for places that take no SVG')
    .option('--md', 'DIR/<name>.md: the note for GitHub, with real outputs; its pictures in DIR/<name>-pictures')
    .option('--steps', 'with --png and --webp: <slide>.<step>.png for each key step of a replay')
    .addOption(shared.out())
    .addOption(shared.theme())
    .addOption(shared.browser())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: ExportCommandOptions) =>
      perform(async (effects) => {
        const chosen = kinds.filter((kind) => options[kind]);
        if (chosen.length === 0) throw new UsageError(`nothing to export; give ${kinds.map(flag).join(', ')}`);
        if (options.steps && !options.png && !options.webp)
          throw new UsageError('--steps is about pictures; give --png or --webp too');
        for (const option of ['paper', 'exercise'] as const)
          if (options[option] && !options.handout)
            throw new UsageError(`--${option} is about handouts; give --handout too`);
        const { exportDecks } = await import('../export/export.ts');
        const target = {
          out: options.out,
          kinds: chosen,
          steps: options.steps ?? false,
          handout: handoutOf(options),
          browser: options.browser,
        };
        const outcome = await exportDecks({ ...(await inputs(paths, options)), ...target }, effects);
        for (const file of outcome.files) effects.print(join(options.out, file));
        return outcome.failed;
      }),
    );
}

/** `singleFile` → `--single-file`. */
function flag(kind: string): string {
  return `--${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
