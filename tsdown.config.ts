import { defineConfig } from 'tsdown';

/** The command line: one file, its dependencies left to npm, so that `loopreel` starts without a loader. */
export default defineConfig({
  entry: ['src/cli.ts'],
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  clean: ['dist/*.js'],
  fixedExtension: false,
  dts: false,
});
