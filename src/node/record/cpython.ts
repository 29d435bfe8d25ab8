import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../errors.ts';
import type { Outcome } from './runner.ts';

/** A Python of the system that can record. */
export interface SystemPython {
  readonly path: string;
  /** `3.13.0`; recordings are kept apart by it. */
  readonly version: string;
}

const names = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3'];

/** The recorder needs what came with 3.11: exception groups, task groups, `co_qualname`. */
const oldest = [3, 11];

const run = promisify(execFile);

/**
 * Finds the Python that `engine=cpython` stands for: the one that `LOOPREEL_PYTHON` names, else the newest on the path.
 *
 * @throws {UserError} When there is none from 3.11 on.
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<SystemPython> {
  if (process.platform === 'win32') {
    throw new UserError('engine `cpython` needs the signals and descriptors of Linux or macOS; leave it out here');
  }
  const named = environment.LOOPREEL_PYTHON;
  for (const path of named ? [named] : names) {
    const version = await versionOf(path, environment);
    if (version !== null && isNewEnough(version)) return { path, version };
    if (named) {
      const found = version === null ? 'is not a Python that runs' : `is Python ${version}`;
      throw new UserError(`LOOPREEL_PYTHON: \`${named}\` ${found}; name a Python from 3.11 on`);
    }
  }
  throw new UserError(
    'engine `cpython` needs a Python from 3.11 on and none was found; install one or name it in LOOPREEL_PYTHON',
  );
}

async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const script = 'import platform; print(platform.python_implementation(), platform.python_version())';
  try {
    const { stdout } = await run(path, ['-c', script], { env, timeout: 20_000 });
    return /^CPython (\S+)\s*$/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > (oldest[0] ?? 0) || (major === oldest[0] && minor >= (oldest[1] ?? 0));
}

/** How one block is run in a process of its own. */
export interface CPythonRun {
  readonly python: SystemPython;
  /** Folder that holds the package `loopreel_recorder`. */
  readonly recorder: string;
  /** Folder in which the block runs. */
  readonly folder: string;
  /** Real seconds after which it is killed, with all that it has started. */
  readonly hardSeconds: number;
  /** Is given what ends it, for when this process is ended first. */
  readonly onStart: (kill: () => void) => void;
}

/**
 * Records one block in the system's Python, in a fresh process. Nothing is walled off: the block may do what its author
 * may. It has the author's environment, but strings are hashed alike in each run.
 */
export async function recordInCPython(request: string, options: CPythonRun): Promise<Outcome> {
  const { python, recorder, folder, hardSeconds, onStart } = options;
  const began = performance.now();
  const path = [recorder, process.env.PYTHONPATH].filter(Boolean).join(':');
  const child = spawn(python.path, ['-P', '-m', 'loopreel_recorder.native'], {
    cwd: folder,
    // A group of its own, so that what it has started ends with it.
    detached: true,
    env: { ...process.env, PYTHONPATH: path, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const kill = () => {
    // A process that could not be started has no number; group 0 would be this one's own.
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  onStart(kill);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, hardSeconds * 1000);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(request);
  await new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => {
      clearTimeout(timer);
      kill();
    });
    child.on('close', () => resolve());
  });
  clearTimeout(timer);
  if (late) return { kind: 'killed' };
  const text = Buffer.concat(chunks).toString('utf8');
  if (!text.endsWith('\n')) return { kind: 'crashed' };
  return { kind: 'answer', text, realSeconds: (performance.now() - began) / 1000, processorSeconds: Infinity };
}
