/** Pyodide in a bare context of its own: the only file that touches values of both worlds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { checkPinned, classicScript, readChecked } from './loader.mjs';

/**
 * Reads what Python is made of, checks it against the pinned digests and makes classic scripts of the modules.
 *
 * @param {string} pyodide Pyodide's folder.
 * @param {string} inside Path of `inside.js`.
 * @param {{ path: string, digest: string } | null} [library] Python's library with its compiled form, made from the pinned
 * one; default that one.
 */
export function readParts(pyodide, inside, library = null) {
  const read = (name) => readFileSync(join(pyodide, name));
  const pinned = (name) => {
    const bytes = read(name);
    checkPinned(name, bytes);
    return bytes;
  };
  const script = (name) => new vm.Script(classicScript(name, read(name)), { filename: name });
  return {
    inside: new vm.Script(readFileSync(inside, 'utf8'), { filename: 'inside.js' }),
    scripts: [script('pyodide.asm.mjs'), script('pyodide.mjs')],
    blobs: [
      ['/pyodide/pyodide.asm.wasm', pinned('pyodide.asm.wasm')],
      [
        '/pyodide/stdlib.zip',
        library === null ? pinned('python_stdlib.zip') : readChecked(library.path, library.digest),
      ],
    ],
    lock: JSON.stringify({ info: JSON.parse(read('pyodide-lock.json').toString('utf8')).info, packages: {} }),
  };
}

/**
 * Starts Python in a context without any host function or object, and without code generation from strings. What comes
 * back holds functions of that context: pass them strings and numbers only, and take strings, numbers and buffers only.
 *
 * @param {ReturnType<typeof readParts>} parts
 * @param {readonly (readonly [string, string])[]} files Files to write into Python's file system, path and text.
 * @param {Uint8Array | null} snapshot Memory to start from; null starts from nothing, so that a snapshot can be taken.
 * @param {{ globals?: object, strings?: boolean }} [walls] For tests that take a wall away: what the context holds from
 * the start, and whether it makes code from strings.
 * @param {readonly (readonly [string, Uint8Array])[]} compiled More such files, path and bytes.
 */
export async function openRealm(parts, files, snapshot, walls = {}, compiled = []) {
  const { globals = Object.create(null), strings = false } = walls;
  const context = vm.createContext(globals, { codeGeneration: { strings, wasm: true } });
  const host = parts.inside.runInContext(context);
  for (const script of parts.scripts) script.runInContext(context);
  const put = (name, bytes) => new Uint8Array(host.newBuffer(name, bytes.length)).set(bytes);
  for (const [name, bytes] of parts.blobs) put(name, bytes);
  host.setText('lock', parts.lock);
  host.setText('files', JSON.stringify(files));
  host.setText('compiled', JSON.stringify(compiled.map(([path]) => path)));
  for (const [path, bytes] of compiled) put(path, bytes);
  if (snapshot !== null) put('snapshot', snapshot);
  await host.boot(snapshot === null, snapshot !== null);
  return host;
}
