import { defineConfig } from 'tsdown';

/**
 * The command line, so that `loopreel` starts without a loader. What reads every note is put into it: found in five
 * hundred files of its packages, it takes longer to load than five notes to become decks. What only some notes need,
 * or what brings files of its own, is left to npm and loaded when asked for.
 */
export default defineConfig({
  entry: ['src/cli.ts'],
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  clean: ['dist/*.js'],
  fixedExtension: false,
  dts: false,
  deps: {
    alwaysBundle: [
      /^(?:unified|unist-|remark-|rehype-|hast|mdast-|vfile)/,
      /^(?:cli-progress|commander|diff|fastest-levenshtein|valibot|yaml)$/,
      /^shiki\/(?:core|engine\/javascript)$/,
    ],
  },
});
