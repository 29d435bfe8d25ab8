import { join } from 'node:path';
import { type BuildEnvironmentOptions, defineConfig } from 'vite';

/**
 * The page's own code: one classic script for decks, one for embeds and one for the report of
 * screenshots, so that all open from `file://`; and what
 * looks at slides from inside of their page.
 */
const script = (name: string, folder = 'browser', entry = name): BuildEnvironmentOptions => ({
  outDir: 'dist/browser',
  emptyOutDir: false,
  target: 'es2022',
  minify: true,
  reportCompressedSize: false,
  lib: {
    entry: join(import.meta.dirname, 'src', folder, `${entry}.ts`),
    name: 'loopreel',
    formats: ['iife'],
    fileName: () => `${name}.js`,
  },
});

export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  environments: {
    deck: { consumer: 'client', build: script('deck') },
    embed: { consumer: 'client', build: script('embed') },
    changes: { consumer: 'client', build: script('changes') },
    inspect: { consumer: 'client', build: script('inspect', 'inspect', 'page') },
    parts: { consumer: 'client', build: script('parts', 'inspect/parts', 'page') },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['deck', 'embed', 'changes', 'inspect', 'parts']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
