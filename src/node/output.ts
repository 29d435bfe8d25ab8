import { constants, rmSync } from 'node:fs';
import {
  access,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hasCode, UserError } from './errors.ts';

/** The list of what Loopreel made in an output folder: only these files are ever replaced or removed. */
const manifestName = '.loopreel.json';

/** A set of files on its way into an output folder. Nothing there changes before `commit`. */
export interface Output {
  /** Adds a file; `path` is relative to the output folder, with `/`. */
  add(path: string, data: string | Uint8Array): Promise<void>;
  /**
   * Moves every added file to its place, each whole, and removes files of earlier runs that this run would have made
   * anew but did not.
   *
   * @param owned Whether this run is the one that makes the file of this path.
   * @throws {UserError} When a file stands in the way that Loopreel did not make; then nothing was changed.
   */
  commit(owned: (path: string) => boolean): Promise<void>;
  /** Files that earlier runs made here. */
  known(): Promise<ReadonlySet<string>>;
  /** A file as an earlier run left it; undefined when it is gone. */
  read(path: string): Promise<string | undefined>;
  /** Removes what was added and not committed, and the folder when it is empty. */
  discard(): Promise<void>;
}

/**
 * Opens an output folder for writing, making it where it is missing.
 *
 * @param option The option that names it, for messages.
 * @throws {UserError} When the folder cannot be made or is not a folder.
 */
export async function openOutput(directory: string, option = '--out'): Promise<Output> {
  const root = resolve(directory);
  const staging = await makeFolder(root)
    .then(() => mkdtemp(join(root, '.loopreel-writing-')))
    .catch((error: unknown) => {
      throw outputError(directory, error, option);
    });
  const added = new Set<string>();
  const remove = () => rmSync(staging, { recursive: true, force: true });
  process.once('exit', remove);

  return {
    async add(path, data) {
      const target = join(staging, path);
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, data);
      } catch (error) {
        throw outputError(directory, error, option);
      }
      added.add(path);
    },

    async commit(owned) {
      const known = await madeIn(root);
      for (const path of added) {
        if (!known.has(path) && (await exists(join(root, path)))) {
          throw new UserError(
            `\`${join(directory, path)}\` exists and was not made by loopreel; move it away or choose another ${option}`,
          );
        }
      }
      const stale = [...known].filter((path) => !added.has(path) && owned(path));
      try {
        // The list first: should the move be interrupted, the next run still knows which files are ours.
        await writeManifest(root, staging, new Set([...known, ...added]));
        for (const path of added) {
          await mkdir(dirname(join(root, path)), { recursive: true });
          await rename(join(staging, path), join(root, path));
        }
        for (const path of stale) await removeFile(root, path);
        await writeManifest(root, staging, new Set([...known, ...added].filter((path) => !stale.includes(path))));
      } catch (error) {
        throw outputError(directory, error, option);
      }
    },

    known: () => madeIn(root),

    read: (path) => readFile(join(root, path), 'utf8').catch(() => undefined),

    async discard() {
      process.off('exit', remove);
      await rm(staging, { recursive: true, force: true });
      // A folder that holds nothing was made for nothing.
      await rmdir(root).catch(() => undefined);
    },
  };
}

/** Like a recursive `mkdir`, which never ends where the system answers ENOENT to it, as below `/proc` (Node 20). */
async function makeFolder(path: string): Promise<void> {
  if (dirname(path) !== path && !(await exists(dirname(path)))) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    if (!hasCode(error, 'EEXIST') || !(await stat(path)).isDirectory()) throw error;
  });
}

/** Files that Loopreel made in an output folder, as far as its list tells: paths with `/`. */
export async function madeIn(root: string): Promise<Set<string>> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, manifestName), 'utf8'));
    const files = (manifest as { files?: unknown }).files;
    return new Set(Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return new Set();
    throw error;
  }
}

async function writeManifest(root: string, staging: string, files: ReadonlySet<string>): Promise<void> {
  await writeFile(join(staging, manifestName), `${JSON.stringify({ files: [...files].sort() }, null, 1)}\n`);
  await rename(join(staging, manifestName), join(root, manifestName));
}

/** Removes a file and the folders that it leaves empty. */
async function removeFile(root: string, path: string): Promise<void> {
  await rm(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const removed = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

/** Whether the name is taken; a link that leads nowhere takes it too, and must not be overwritten. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function outputError(directory: string, error: unknown, option = '--out'): unknown {
  if (hasCode(error, 'EEXIST', 'ENOTDIR')) {
    return new UserError(`output \`${directory}\` is, or lies below, a file; choose another ${option}`);
  }
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT')) {
    return new UserError(`output \`${directory}\` cannot be written to; choose another ${option} or change its rights`);
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) return new UserError(`no space is left for output \`${directory}\``);
  return error;
}

/**
 * Writes one file that the user named, whole or not at all: through a link where it leads, with the rights that the
 * file had. A pipe or a device is written to, not replaced.
 *
 * @throws {UserError} When it cannot be written.
 */
export async function writeNamed(path: string, data: string): Promise<void> {
  try {
    const found = await stat(path).catch(() => undefined);
    if (found && !found.isFile() && !found.isDirectory()) {
      await writeFile(path, data);
      return;
    }
    // Moving another file there would not ask whether this one may be written.
    if (found) await access(path, constants.W_OK);
    await replace(found ? await realpath(path) : path, data, found?.mode);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) {
      throw new UserError(`\`${path}\` cannot be written; name a file in a folder that exists`);
    }
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) {
      throw new UserError(`\`${path}\` cannot be written; change its rights or those of its folder`);
    }
    throw outputError(path, error);
  }
}

async function replace(path: string, data: string, mode: number | undefined): Promise<void> {
  const staging = `${path}.${process.pid}.writing`;
  try {
    await writeFile(staging, data);
    if (mode !== undefined) await chmod(staging, mode);
    await rename(staging, path);
  } catch (error) {
    await rm(staging, { force: true }).catch(() => undefined);
    throw error;
  }
}
