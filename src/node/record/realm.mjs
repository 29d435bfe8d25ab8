/** Pyodide in a bare context of its own: the only file that touches values of both worlds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { checkPinned, classicScript } from './loader.mjs';

/**
 * Starts Python in a context without any host function or object, and without code generation from strings. What comes
 * back holds functions of that context: pass them strings and numbers only, and take strings, numbers and buffers only.
 *
 * @param {object} start
 * @param {string} start.pyodide Pyodide's folder.
 * @param {string} start.inside Path of `inside.js`.
 * @param {readonly (readonly [string, string])[]} start.files Files to write into Python's file system, path and text.
 * @param {Buffer | null} start.snapshot Memory to start from; null starts from nothing.
 * @param {boolean} start.make Whether a snapshot shall be taken.
 */
export async function openRealm({ pyodide, inside, files, snapshot, make }) {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
  const host = vm.runInContext(readFileSync(inside, 'utf8'), context, { filename: 'inside.js' });
  for (const name of ['pyodide.asm.mjs', 'pyodide.mjs']) {
    vm.runInContext(classicScript(name, readFileSync(join(pyodide, name))), context, { filename: name });
  }
  const put = (name, bytes) => new Uint8Array(host.newBuffer(name, bytes.length)).set(bytes);
  for (const [name, file] of [
    ['/pyodide/pyodide.asm.wasm', 'pyodide.asm.wasm'],
    ['/pyodide/stdlib.zip', 'python_stdlib.zip'],
  ]) {
    const bytes = readFileSync(join(pyodide, file));
    checkPinned(file, bytes);
    put(name, bytes);
  }
  const { info } = JSON.parse(readFileSync(join(pyodide, 'pyodide-lock.json'), 'utf8'));
  host.setText('lock', JSON.stringify({ info, packages: {} }));
  host.setText('files', JSON.stringify(files));
  if (snapshot !== null) put('snapshot', snapshot);
  await host.boot(make, snapshot !== null);
  return host;
}
