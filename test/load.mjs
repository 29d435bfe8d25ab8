import { join } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';

const root = join(import.meta.dirname, '..');
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });

/** The module of a TypeScript file, named from the project's root; what it imports later is found too. */
export const load = (path) => runner.import(join(root, path));

/** Lets the process end. */
export async function unload() {
  await runner.close();
  await server.close();
}
