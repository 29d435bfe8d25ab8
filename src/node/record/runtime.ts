import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from '../root.ts';
import { contentKey, writeWhole } from './cache.ts';

/** The files that a recording process is made of. */
export interface Runtime {
  /** Pyodide's folder. */
  readonly pyodide: string;
  /** This folder's files that are shipped as they are. */
  readonly child: string;
  readonly inside: string;
  /** Everything of ours that the process reads besides Pyodide. */
  readonly own: readonly string[];
  /** Recorder and simulated world as `[path in Python, text]`. */
  readonly files: readonly (readonly [string, string])[];
  /** Python's library with its compiled form, and the recorder's own; absent where the package was not bundled. */
  readonly compiled: {
    readonly library: { readonly path: string; readonly digest: string };
    readonly recorder: string;
  } | null;
  readonly warm: string;
  readonly seal: string;
  /** Digest of all that decides what a recording looks like. */
  readonly digest: string;
}

/** A memory image on disk. */
export interface Snapshot {
  readonly path: string;
  /** Hex SHA-256 of its bytes. */
  readonly digest: string;
}

/** What runs a block, and the world outside of it. */
const packages = ['loopreel_recorder', 'loopreel_outside'];

/**
 * Finds and reads the runtime's own files; starts nothing.
 *
 * @param recorder Folder that holds the Python packages; default the one of this package.
 */
export function readRuntime(recorder = join(packageRoot, 'src', 'python')): Runtime {
  const folder = join(packageRoot, 'src', 'node', 'record');
  const pyodide = dirname(
    realpathSync(createRequire(join(packageRoot, 'package.json')).resolve('pyodide/package.json')),
  );
  const own = ['child.mjs', 'realm.mjs', 'loader.mjs', 'inside.js'].map((name) => realpathSync(join(folder, name)));
  const [warm, seal] = ['warm.py', 'seal.py'].map((name) => readFileSync(join(folder, name), 'utf8')) as [
    string,
    string,
  ];
  const files = packages.flatMap((name) => pythonFiles(join(recorder, name), `/recorder/${name}`));
  const { version } = JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8'));
  const texts = own.map((path) => readFileSync(path, 'utf8'));
  return {
    pyodide,
    child: join(folder, 'child.mjs'),
    inside: join(folder, 'inside.js'),
    own,
    files,
    compiled: findCompiled(),
    warm,
    seal,
    digest: contentKey(version, texts, warm, seal, files),
  };
}

/** What `compile.mjs` made. Compiled or not, recordings are the same; memory images are not. */
function findCompiled(): Runtime['compiled'] {
  const folder = join(packageRoot, 'dist', 'python');
  const name = existsSync(folder) ? readdirSync(folder).find((name) => libraryName.test(name)) : undefined;
  if (name === undefined) return null;
  const library = { path: realpathSync(join(folder, name)), digest: name.slice(-68, -4) };
  return { library, recorder: join(folder, 'recorder.json') };
}

const libraryName = /^library-[0-9a-f]{64}\.zip$/;

function pythonFiles(folder: string, target: string): (readonly [string, string])[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): (readonly [string, string])[] => {
      if (entry.isDirectory())
        return entry.name === '__pycache__' ? [] : pythonFiles(join(folder, entry.name), `${target}/${entry.name}`);
      return entry.name.endsWith('.py')
        ? [[`${target}/${entry.name}`, readFileSync(join(folder, entry.name), 'utf8')]]
        : [];
    });
}

/**
 * Finds the memory image that recording starts from. Images are the same byte for byte however often they are made, but
 * engines of JavaScript lay out Python's function table differently, so each has its own.
 *
 * @returns null when there is none for this runtime.
 */
export async function findSnapshot(directory: string, runtime: Runtime): Promise<Snapshot | null> {
  const names = await readdir(directory).catch(() => []);
  const name = names.find((name) => name.startsWith(imagePrefix(runtime)) && imageName.test(name));
  return name === undefined ? null : { path: join(directory, name), digest: name.slice(-68, -4) };
}

/**
 * Keeps a memory image, and drops those of other versions but the newest three. That it cannot be written is no error:
 * the next process makes its own.
 */
export async function keepSnapshot(directory: string, runtime: Runtime, image: Uint8Array): Promise<void> {
  const digest = createHash('sha256').update(image).digest('hex');
  await writeWhole(join(directory, `${imagePrefix(runtime)}${digest}.bin`), image);
  const names = (await readdir(directory).catch(() => [])).filter((name) => imageName.test(name));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(directory, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const old = aged.sort((a, b) => b.time - a.time).slice(4);
  await Promise.all(old.map(({ name }) => rm(join(directory, name), { force: true })));
}

const imageName = /^python-[0-9a-f]{24}-[0-9a-f]{64}\.bin$/;

function imagePrefix(runtime: Runtime): string {
  const library = runtime.compiled?.library.digest ?? 'as it comes';
  return `python-${contentKey(runtime.digest, library, process.versions.v8, process.arch).slice(0, 24)}-`;
}
