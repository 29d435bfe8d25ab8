import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const types: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

/** Serves a folder as a static host would, and the files of other folders that its pages name. */
export async function serve(folder: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const read = (file: string) => {
      try {
        return readFileSync(file);
      } catch {
        return null;
      }
    };
    const content = read(join(folder, path)) ?? read(path);
    const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    if (content) response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(content);
    else response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
