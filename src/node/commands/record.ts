import { Command } from 'commander';
import { writeNamed } from '../output.ts';
import { addRecordOptions, givenLimits, type RecordCommandOptions } from './recordOptions.ts';
import { caches, type Perform, shared } from './shared.ts';

export function recordCommand(perform: Perform): Command {
  return addRecordOptions(new Command('record'))
    .description('run a program, or a block of a note, and write the trace of its event loop')
    .usage('[options] <file> [-- argument...]')
    .argument('<file>', 'a Python program (.py) or a note (.md)')
    .argument('[argument...]', 'what the program finds in sys.argv')
    .option('-o, --out <file>', 'file to write to; default: standard output')
    .addOption(shared.noCache())
    .addOption(shared.debug())
    .action((file: string, programArguments: string[], options: RecordCommandOptions) =>
      perform(async (effects) => {
        const { recordFile } = await import('../recordFile.ts');
        const { text, failed } = await recordFile(
          {
            file,
            arguments: programArguments,
            block: options.block,
            format: options.format,
            perfettoClock: options.perfettoClock,
            engine: options.engine,
            clock: options.clock,
            allowCPython: options.allowCpython,
            debug: options.debug,
            limits: givenLimits(options),
            ...caches(options.cache),
          },
          effects,
        );
        if (options.out === undefined) effects.print(text.trimEnd());
        else await writeNamed(options.out, text);
        return failed;
      }),
    );
}
