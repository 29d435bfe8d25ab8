import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));

/** `test_laws` and the like. */
const programs = readdirSync(here).flatMap((file) => /^(test_\w+)\.py$/.exec(file)?.[1] ?? []);

/** The first Python of this machine that can run the recorder natively. */
const python = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'].find((name) => {
  try {
    return (
      execFileSync(name, ['-c', 'import sys; print(sys.version_info >= (3, 11))'], { encoding: 'utf8' }) === 'True\n'
    );
  } catch {
    return false;
  }
});

describe.skipIf(python === undefined)('the recorder on native Python (skipped without Python 3.11 or newer)', () => {
  it.each(programs)('%s holds', (name) => {
    const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
    const run = spawnSync(python ?? '', ['-m', 'unittest', name], { cwd: here, encoding: 'utf8', env: environment });
    expect(run.stderr).toMatch(/\nOK( \(skipped=\d+\))?\n$/);
    expect(run.status).toBe(0);
  });
});
