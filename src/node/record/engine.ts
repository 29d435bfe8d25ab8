import { join, resolve } from 'node:path';
import { packageRoot } from '../root.ts';
import { findPython, recordInCPython, type SystemPython } from './cpython.ts';
import { defaultLimits, graceSeconds, type Limits } from './limits.ts';
import type { RecordableBlock, RecordableNote, RecordOptions } from './record.ts';
import type { Outcome } from './runner.ts';

/** Which Python a block runs in. */
export type EngineName = 'pyodide' | 'cpython';

/** What a block's time is: one that jumps where the program waits, or the real one. */
export type ClockName = 'virtual' | 'wall';

/** How one block is to be run. */
export type Engine =
  | { readonly name: 'pyodide'; readonly clock: 'virtual' }
  | { readonly name: 'cpython'; readonly clock: ClockName; readonly python: SystemPython }
  /** The block asks for CPython and nobody has allowed it. */
  | { readonly name: 'refused' };

/** Why a block that asks for CPython is not run. */
export const refusal =
  'asks for engine `cpython`, which runs outside of the sandbox with all your rights; allow it with --allow-cpython';

/** Real programs wait in real time: seconds until one is stopped, where no limit is given. */
const wallSeconds = 30;

/**
 * Chooses the engine of each block: what the command says, else its fence, else its note, else Pyodide.
 *
 * @returns A function that gives a block's engine. The system's Python is looked for once, when it is first needed.
 * @throws {UserError} When CPython is allowed and asked for, and there is none.
 */
export function engineChooser(
  options: RecordOptions,
): (note: RecordableNote, block: RecordableBlock) => Promise<Engine> {
  let python: Promise<SystemPython> | null = null;
  return async (note, { meta }) => {
    const asked = 'engine' in meta ? (meta.engine as EngineName | undefined) : undefined;
    const name = options.engine ?? asked ?? note.engine ?? 'pyodide';
    if (name === 'pyodide') return { name, clock: 'virtual' };
    if (options.allowCPython !== true) return { name: 'refused' };
    python ??= findPython();
    return { name, clock: options.clock ?? 'wall', python: await python };
  };
}

/** The limits that hold in an engine. */
export function limitsOf(engine: Engine, given: Partial<Limits> = {}): Limits {
  const wall = engine.name === 'cpython' && engine.clock === 'wall';
  return { ...defaultLimits, ...(wall ? { seconds: wallSeconds } : {}), ...given };
}

/** What the recorder is told of its host, beside the block; `home` is the folder of the note or program. */
export function engineRequest(engine: Engine, home: string, given: readonly string[] = []) {
  if (engine.name !== 'cpython') return { implementation: 'Pyodide', arguments: given };
  return {
    implementation: 'CPython',
    clock: engine.clock,
    arguments: given,
    path: [resolve(home)],
  };
}

/** Runs one block in the system's Python, in the folder of its note, or where the command was given for a program. */
export function recordOutside(
  request: string,
  engine: Engine & { readonly name: 'cpython' },
  options: { readonly folder: string; readonly limits: Limits; readonly recorder?: string | undefined },
  onStart: (kill: () => void) => void,
): Promise<Outcome> {
  return recordInCPython(request, {
    python: engine.python,
    recorder: options.recorder ?? join(packageRoot, 'src', 'python'),
    folder: options.folder,
    hardSeconds: options.limits.seconds + graceSeconds,
    onStart,
  });
}
