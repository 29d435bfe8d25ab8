// Runs `test/python/cost.py` in Pyodide as it comes and prints its table.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: '0' } });
for (const folder of ['src/python/loopreel_recorder', 'test/python']) {
  pyodide.FS.mkdirTree(`/${folder}`);
  for (const name of readdirSync(join(root, folder)).filter((name) => name.endsWith('.py')))
    pyodide.FS.writeFile(`/${folder}/${name}`, readFileSync(join(root, folder, name)));
}
pyodide.globals.set('chosen', process.argv.slice(2));
pyodide.runPython(`
import sys
sys.path[:0] = ["/test/python"]
import asyncio, time
from pyodide import webloop
asyncio.run, time.sleep = webloop._orig_run, webloop._orig_sleep
import cost
cost.main(chosen=chosen.to_py())
`);
process.exit(0);
