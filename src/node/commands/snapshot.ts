import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { parseShard } from '../snapshot/shard.ts';
import { inputs, type Perform, type SharedOptions, shared, takesNotes } from './shared.ts';

interface SnapshotCommandOptions extends SharedOptions {
  readonly update?: true;
  readonly baselines?: string;
  readonly slide: readonly string[];
  readonly shard?: string;
  readonly threshold: number;
  readonly maxPixels: number;
  readonly scheme?: 'light' | 'dark';
}

export function snapshotCommand(perform: Perform): Command {
  return takesNotes(new Command('snapshot'))
    .description('hold each slide, at each step, against the picture that it made before')
    .option('--update', 'make the pictures anew that differ, and remove those that no slide makes any more')
    .option('--baselines <dir>', 'folder of the pictures; default: snapshots/ beside each note')
    .option('--slide <id>', 'only this slide, `gather` or `lesson/gather`; may be said again', collect, [])
    .option('--shard <i/n>', 'only this share of the slides, for several machines')
    .option('--threshold <distance>', 'distance of two colours that count as one, 0 to 1', between(0, 1), 0.01)
    .option('--max-pixels <count>', 'pixels of a picture that may differ', between(0, 1920 * 1080), 0)
    .addOption(new Option('--scheme <scheme>', 'goes before front matter').choices(['light', 'dark']))
    .addOption(shared.out())
    .addOption(shared.theme())
    .addOption(shared.browser())
    .addOption(shared.allowCPython())
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((paths: string[], options: SnapshotCommandOptions) =>
      perform(async (effects) => {
        const { update = false, slide: slides, baselines, browser, scheme, out } = options;
        const shard = options.shard === undefined ? undefined : parseShard(options.shard);
        if (update && shard) throw new UsageError('--update makes whole decks anew; leave --shard away');
        const { snapshot } = await import('../snapshot/snapshot.ts');
        const limits = { threshold: options.threshold, pixels: options.maxPixels };
        const given = { out, baselines, update, slides, shard, limits, scheme, browser };
        return snapshot({ ...(await inputs(paths, options)), ...given }, effects);
      }),
    );
}

function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a number from ${least} to ${most}.`);
  };
}
