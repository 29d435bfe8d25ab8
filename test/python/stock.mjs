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
  for (const folder of ['src/python', 'test/python']) copyInto(pyodide.FS, join(root, folder), `/${folder}`);
  pyodide.runPython(`
import asyncio, sys, time
from pyodide import webloop
# Pyodide's own versions hand over to the page's loop (webloop._initialize_event_loop).
asyncio.run, time.sleep = webloop._orig_run, webloop._orig_sleep
sys.path[:0] = ["/test/python", "/src/python"]
`);
  return pyodide;
}

/** Copies a folder of the machine into Pyodide's file system. */
export function copyInto(FS, from, to) {
  FS.mkdirTree(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isFile()) FS.writeFile(target, readFileSync(source));
    else if (entry.name !== '__pycache__') copyInto(FS, source, target);
  }
}
