/**
 * Makes `dist/python`, once for all who install the package: Python's library and the recorder, compiled. Without it
 * recording works as well and starts slower. Run by `npm run bundle`; what is there already is not made again.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const target = join(root, 'dist', 'python');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

// 1. What is it made of?
const pyodideFolder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const compiler = readFileSync(join(here, 'compile.py'), 'utf8');
const library = sha256(readFileSync(join(pyodideFolder, 'python_stdlib.zip')), compiler);
const modules = ['loopreel_recorder', 'loopreel_outside'].flatMap((name) =>
  readdirSync(join(root, 'src', 'python', name))
    .filter((file) => file.endsWith('.py'))
    .sort()
    .map((file) => ({ name, file, source: readFileSync(join(root, 'src', 'python', name, file), 'utf8') })),
);
const madeOf = { library, recorder: sha256(library, JSON.stringify(modules)) };
const list = join(target, 'made-of.json');
const before = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
if (before.library === madeOf.library && before.recorder === madeOf.recorder) process.exit(0);

// 2. The library, in a file that is named by its content.
mkdirSync(target, { recursive: true });
const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: '0' } });
pyodide.runPython(compiler);
if (before.library !== madeOf.library) {
  pyodide.globals.get('compile_library')('/lib/python314.zip', '/tmp/library.zip');
  const bytes = pyodide.FS.readFile('/tmp/library.zip');
  const name = `library-${sha256(bytes)}.zip`;
  writeFileSync(join(target, name), bytes);
  const others = readdirSync(target).filter((other) => other.startsWith('library-') && other !== name);
  for (const other of others) rmSync(join(target, other));
}

// 3. The recorder: the path of each `.pyc` in Python, and its bytes in base64.
const compileModule = pyodide.globals.get('compile_module');
const compiled = modules.map(({ name, file, source }) => [
  `/recorder/${name}/__pycache__/${file.slice(0, -'.py'.length)}.cpython-314.pyc`,
  Buffer.from(compileModule(source, `/recorder/${name}/${file}`).toJs()).toString('base64'),
]);
writeFileSync(join(target, 'recorder.json'), JSON.stringify(compiled));
writeFileSync(list, JSON.stringify(madeOf));
process.exit(0);
