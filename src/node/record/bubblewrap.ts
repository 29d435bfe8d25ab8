import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a program of the system needs to start at all; read-only, and nothing in it is secret. */
const system = ['/usr', '/bin', '/lib', '/lib32', '/lib64', '/etc/ld.so.cache', '/nix/store'];

/**
 * The system's own sandbox (bubblewrap, on Linux): the words that a command is put behind. What runs in it sees the
 * system's programs and `readable`, all read-only, empty folders else, no network, no process but its own, and ends with
 * its parent.
 *
 * @param readable Files and folders of the runtime.
 * @returns null where there is no bubblewrap. That there is one does not mean that it works: containers often forbid it.
 */
export function bubblewrap(readable: readonly string[]): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const program = folders.map((folder) => join(folder, 'bwrap')).find((path) => existsSync(path));
  if (program === undefined) return null;
  const binds = (kind: string, paths: readonly string[]) => paths.flatMap((path) => [kind, path, path]);
  return [
    program,
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    ...['--cap-drop', 'ALL'],
    ...binds('--ro-bind-try', system),
    ...['--dev', '/dev', '--tmpfs', '/tmp'],
    ...binds(
      '--ro-bind',
      [process.execPath, ...readable].map((path) => realpathSync(path)),
    ),
    ...['--chdir', '/', '--'],
  ];
}
