import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { UsageError, UserError } from './errors.ts';
import { writeNamed } from './output.ts';
import { cacheDirectory } from './record/cache.ts';
import { addRecordOptions, allowCPython, givenLimits, type RecordCommandOptions } from './recordOptions.ts';
import { packageRoot } from './root.ts';
import { terminal } from './terminal.ts';

/**
 * Runs one command line.
 *
 * @param argv Arguments behind the program's name.
 * @returns The exit code: 0 well, 1 something was wrong (each said in one message), 2 a wrong command line.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const debug = argv.includes('--debug');
  const effects = terminal();
  let failed = false;
  const program = define(async (action) => {
    failed = await action(effects);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return failed ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) {
      effects.problem(error.message);
      if (debug) effects.problem(String(error.stack));
      return error instanceof UsageError ? 2 : 1;
    }
    // Ours, not the user's.
    effects.problem(`loopreel failed: ${error instanceof Error ? error.message : String(error)}`);
    effects.problem(debug && error instanceof Error ? String(error.stack) : 'run again with --debug for the stack');
    return 1;
  } finally {
    effects.close();
  }
}

type Effects = ReturnType<typeof terminal>;
/** Does a command's work; true when something was wrong. */
type Action = (effects: Effects) => Promise<boolean>;

interface SharedOptions {
  readonly out: string;
  readonly cache: boolean;
  readonly allowCpython?: true;
  readonly debug?: true;
  readonly browser?: string;
  readonly theme?: string;
}

interface CheckCommandOptions extends Pick<SharedOptions, 'cache' | 'allowCpython' | 'browser' | 'theme'> {
  readonly slides: boolean;
  readonly json?: true;
  readonly fix?: true;
  readonly yes?: true;
}

function define(perform: (action: Action) => Promise<void>): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('loopreel')
    .description("Turns Markdown notes about Python's asyncio into decks whose examples really ran.")
    .version(version)
    .exitOverride()
    .showHelpAfterError('(run with --help for the options)');
  const out = () => new Option('-o, --out <dir>', 'folder to write to').default('out');
  const noCache = () => new Option('--no-cache', 'record and draw anew');
  const theme = () =>
    new Option('--theme <theme>', 'name of a theme, or a .css file of your own; goes before front matter');
  const debug = () => new Option('--debug', 'show stacks of errors, and which walls stand around Python');
  const browser = () => new Option('--browser <path>', 'Chrome or Chromium to use');

  program
    .command('build')
    .description('make the site: a deck, its traces and its embeddable replays for each note')
    .argument('[note...]', 'notes (.md) and folders of notes; default: slides/ or the notes in this folder')
    .addOption(out())
    .addOption(theme())
    .addOption(allowCPython())
    .addOption(noCache())
    .addOption(debug())
    .action((paths: string[], options: SharedOptions) =>
      perform(async (effects) => {
        const { build } = await import('./build.ts');
        const outcome = await build({ ...(await inputs(paths, options)), out: options.out }, effects);
        for (const { deck } of outcome.decks) effects.print(join(options.out, deck.name, 'index.html'));
        return outcome.failed;
      }),
    );

  program
    .command('export')
    .description('make PDFs, handouts and pictures of each note')
    .argument('[note...]', 'notes (.md) and folders of notes; default: slides/ or the notes in this folder')
    .option('--pdf', 'DIR/<name>.pdf: the slides, replays as their key steps')
    .option('--handout', 'DIR/<name>-handout.pdf: A4 pages with slides, notes and storyboards')
    .option('--png', 'DIR/<name>/<slide>.png: a picture of each slide')
    .addOption(out())
    .addOption(theme())
    .addOption(browser())
    .addOption(allowCPython())
    .addOption(noCache())
    .addOption(debug())
    .action((paths: string[], options: SharedOptions & { pdf?: true; handout?: true; png?: true }) =>
      perform(async (effects) => {
        const kinds = (['pdf', 'handout', 'png'] as const).filter((kind) => options[kind]);
        if (kinds.length === 0) throw new UsageError('nothing to export; give --pdf, --handout or --png');
        const { exportDecks } = await import('./export.ts');
        const shared = await inputs(paths, options);
        const outcome = await exportDecks({ ...shared, out: options.out, kinds, browser: options.browser }, effects);
        for (const file of outcome.files) effects.print(join(options.out, file));
        return outcome.failed;
      }),
    );

  program
    .command('check')
    .description('hold what notes promise against what their blocks really do, and look at every slide')
    .argument('[note...]', 'notes (.md) and folders of notes; default: slides/ or the notes in this folder')
    .option('--json', 'print what was found as JSON')
    .option('--fix', 'write the real outputs into the notes, after showing the change')
    .option('-y, --yes', 'with --fix: do not ask')
    .option('--no-slides', 'check the text and the blocks alone, without a browser')
    .addOption(theme())
    .addOption(browser())
    .addOption(allowCPython())
    .addOption(noCache())
    .addOption(debug())
    .action((paths: string[], options: CheckCommandOptions) =>
      perform(async (effects) => {
        const terminal = process.stdin.isTTY && process.stdout.isTTY;
        if (options.fix && !options.yes && (!terminal || options.json)) {
          throw new UsageError('--fix asks before it writes, and here nobody can be asked; add --yes');
        }
        const { checkCommand } = await import('./checkCommand.ts');
        const inputs = { paths: paths.length > 0 ? paths : await defaultPaths(), ...caches(options.cache) };
        const { json = false, fix = false, yes = false, allowCpython, slides, browser, theme } = options;
        return checkCommand(
          {
            ...inputs,
            allowCPython: allowCpython,
            slides,
            browser,
            theme,
            json,
            fix,
            yes,
            colours: process.stdout.isTTY && !process.env.NO_COLOR,
          },
          effects,
        );
      }),
    );

  addRecordOptions(program.command('record'))
    .description('run a program, or a block of a note, and write the trace of its event loop')
    .usage('[options] <file> [-- argument...]')
    .argument('<file>', 'a Python program (.py) or a note (.md)')
    .argument('[argument...]', 'what the program finds in sys.argv')
    .option('-o, --out <file>', 'file to write to; default: standard output')
    .addOption(noCache())
    .addOption(debug())
    .action((file: string, programArguments: string[], options: RecordCommandOptions) =>
      perform(async (effects) => {
        const { recordFile } = await import('./recordFile.ts');
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

  program
    .command('start')
    .description('build the site and the PDFs, and say what to open')
    .argument('[note...]', 'notes (.md) and folders of notes; default: slides/ or the notes in this folder')
    .addOption(out())
    .addOption(theme())
    .addOption(browser())
    .addOption(allowCPython())
    .addOption(noCache())
    .addOption(debug())
    .action((paths: string[], options: SharedOptions) =>
      perform(async (effects) => {
        const { start } = await import('./start.ts');
        const shared = await inputs(paths, options);
        return start({ ...shared, out: options.out, browser: options.browser }, effects);
      }),
    );

  return program;
}

async function inputs(paths: readonly string[], options: SharedOptions) {
  return {
    paths: paths.length > 0 ? paths : await defaultPaths(),
    allowCPython: options.allowCpython,
    debug: options.debug,
    theme: options.theme,
    ...caches(options.cache),
  };
}

/** Without a cache everything is recorded and drawn anew, but Python's own image and the browser still come from it. */
function caches(cached: boolean) {
  const runtimeDirectory = cacheDirectory(process.cwd());
  return { cacheDirectory: cached ? runtimeDirectory : null, runtimeDirectory };
}

/** The notes of `slides/` where there is such a folder, else those of the current folder. */
async function defaultPaths(): Promise<string[]> {
  const slides = await stat('slides').catch(() => undefined);
  return [slides?.isDirectory() ? 'slides' : '.'];
}
