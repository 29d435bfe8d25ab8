import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));

it.each(['test_laws', 'test_semantics', 'test_generated'])('%s holds in Pyodide', (name) => {
  const env = { LAWS_SEEDS: '1000-1060', ...process.env };
  const run = spawnSync(process.execPath, ['pyodide.mjs', name], { cwd: here, encoding: 'utf8', env });
  expect(run.stdout).toMatch(/\nOK( \(skipped=\d+\))?\n$/);
});
