// Pyodide as it comes, with the recorder and the Python of this folder: what native Python is told to do, done there.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Gives a Pyodide whose Python finds `test/python` and the recorder, and that prints to where Node does. */
export async function openStock() {
  const pyodide = await loadPyodide({
    env: { PYTHONHASHSEED: '0', ...(process.env.LAWS_SEEDS && { LAWS_SEEDS: process.env.LAWS_SEEDS }) },
  });
  const copy = (folder) => {
    pyodide.FS.mkdirTree(`/${folder}`);
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) copy(path);
      else if (entry.name.endsWith('.py')) pyodide.FS.writeFile(`/${path}`, readFileSync(join(root, path)));
    }
  };
  copy('src/python');
  copy('test/python');
  pyodide.runPython(`
import asyncio, sys, time
from pyodide import webloop
# Pyodide's own versions hand over to the page's loop (webloop._initialize_event_loop).
asyncio.run, time.sleep = webloop._orig_run, webloop._orig_sleep
sys.path[:0] = ["/test/python", "/src/python"]
`);
  return pyodide;
}
