import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Before all tests: the bundles, which the tests of the command line and of the pages run as users would. */
export default function bundle(): void {
  const root = join(import.meta.dirname, '..');
  execFileSync('npm', ['run', 'bundle'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
