import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import type { Browser, LaunchOptions } from 'puppeteer-core';
import { UserError } from './errors.ts';
import { writeWhole } from './record/cache.ts';

/** Where a browser is taken from. */
export interface BrowserChoice {
  /** Path given by the user; before everything else. */
  readonly executable?: string | undefined;
  /** Folder in which the packaged Chromium is unpacked once. */
  readonly cacheDirectory: string;
  /**
   * Take the packaged Chromium, where it runs, even if the machine has a browser: what pictures that are compared must
   * do.
   */
  readonly packaged?: boolean;
  /** Flags besides our own. */
  readonly flags?: readonly string[];
}

/** Fixed flags: the same picture on every machine, and no word to the network. */
const flags = [
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-lcd-text',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-gpu',
];

/**
 * Starts a headless browser: the one given, else one found on the machine, else the one that came from npm.
 *
 * @returns A browser that the caller closes.
 * @throws {UserError} When there is none that starts, with what to install.
 */
export async function launchBrowser(choice: BrowserChoice): Promise<Browser> {
  const given = choice.executable ?? process.env.PUPPETEER_EXECUTABLE_PATH;
  if (given) {
    if (!(await exists(given))) throw new UserError(`browser \`${given}\` does not exist; correct --browser`);
    return start(given, choice);
  }
  if (!choice.packaged || !runsPackaged) {
    const installed = await findInstalled();
    if (installed) {
      // A wrapper script without its browser (as on some systems) is no reason to stop: the packaged one follows.
      const browser = await start(installed, choice).catch(() => undefined);
      if (browser) return browser;
    }
  }
  return startPackaged(choice);
}

async function start(
  executablePath: string,
  { flags: more = [] }: BrowserChoice,
  env?: LaunchOptions['env'],
): Promise<Browser> {
  // A build that draws nothing new needs no browser, and this library takes longer to load than a note to read.
  const { default: puppeteer } = await import('puppeteer-core');
  const rootFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await puppeteer.launch({
      executablePath,
      headless: true,
      args: [...flags, ...more, ...rootFlags],
      protocolTimeout: 120_000,
      ...(env ? { env } : {}),
    });
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).split('\n')[0];
    throw new UserError(`browser \`${executablePath}\` does not start (${reason}); give another with --browser`);
  }
}

/** Whether the packaged Chromium is made for this machine. */
const runsPackaged = process.platform === 'linux' && process.arch === 'x64';

/** Chrome, Chromium or Edge at the places where installers put them. */
async function findInstalled(): Promise<string | undefined> {
  const candidates: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].map(
      (name) => `/usr/bin/${name}`,
    ),
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['', homedir()].map((base) => `${base}/Applications/${name}.app/Contents/MacOS/${name}`),
    ),
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
      ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((path) =>
        join(process.env[variable] ?? '', path),
      ),
    ),
  };
  for (const path of candidates[process.platform] ?? []) if (await exists(path)) return path;
  return undefined;
}

/**
 * The Chromium of `@sparticuz/chromium`, unpacked by ourselves: the package would unpack to a fixed name in the
 * shared temporary folder, where anybody may have put something else, and two runs at once would meet half a file.
 */
async function startPackaged(choice: BrowserChoice): Promise<Browser> {
  const { cacheDirectory } = choice;
  const folder = await unpackPackaged(cacheDirectory).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(`the packaged browser cannot be unpacked into \`${cacheDirectory}\` (${String(error)})`);
  });
  const fonts = join(folder, 'fonts.conf');
  // It names its folder in full: written when the browser is unpacked, it would be wrong once the checkout has moved.
  await writeWhole(fonts, fontSettings(folder));
  const env = { ...process.env, FONTCONFIG_FILE: fonts };
  const executable = join(folder, 'chromium');
  return start(executable, choice, env).catch(() =>
    // A bare system lacks libnss3 and its kin: the package brings them along.
    start(executable, choice, { ...env, LD_LIBRARY_PATH: join(folder, 'lib') }),
  );
}

function fontSettings(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/system-fonts</dir><cachedir>${join(tmpdir(), 'loopreel-fontconfig')}</cachedir></fontconfig>\n`;
}

async function unpackPackaged(cacheDirectory: string): Promise<string> {
  if (!runsPackaged) {
    throw new UserError(
      'no browser was found; install Chrome, Chromium or Edge, or name one with --browser or PUPPETEER_EXECUTABLE_PATH',
    );
  }
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@sparticuz/chromium');
  const base = entry.slice(
    0,
    entry.lastIndexOf(join('@sparticuz', 'chromium')) + join('@sparticuz', 'chromium').length,
  );
  const { version } = require(join(base, 'package.json')) as { version: string };
  const folder = join(cacheDirectory, `chromium-${version}`);
  if (await exists(join(folder, 'chromium'))) return folder;

  const { extract } = await import('tar-fs');
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(join(dirname(folder), 'chromium-unpacking-'));
  const unpack = (name: string) => createReadStream(join(base, 'bin', name));
  try {
    await Promise.all([
      pipeline(
        unpack('chromium.br'),
        createBrotliDecompress(),
        createWriteStream(join(staging, 'chromium'), { mode: 0o755 }),
      ),
      pipeline(unpack('al2023.tar.br'), createBrotliDecompress(), extract(staging)),
      pipeline(unpack('fonts.tar.br'), createBrotliDecompress(), extract(join(staging, 'system-fonts'))),
    ]);
    // Another run may have been faster; its folder is as good.
    await rename(staging, folder).catch(async (error: unknown) => {
      if (!(await exists(join(folder, 'chromium')))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
