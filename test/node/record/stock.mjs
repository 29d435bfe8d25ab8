// Runs the attacks in Pyodide as it comes, to show that they work where nothing stands in their way. Prints the names of
// those that got out, as JSON; the parent looks at the marks itself.
import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const attacks = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pyodide = await loadPyodide();
let printed = '';
pyodide.setStdout({
  batched: (text) => {
    printed += text;
  },
});
pyodide.setStderr({ batched: () => {} });
pyodide.runPython('import sys; kept = (list(sys.meta_path), dict(sys.modules))');
const out = [];
for (const { name, code } of attacks) {
  printed = '';
  pyodide.runPython('import sys; sys.meta_path[:] = kept[0]; sys.modules.update(kept[1])');
  try {
    pyodide.runPython(code, { globals: pyodide.toPy({ __name__: '__main__' }) });
  } catch {}
  if (printed.includes('ESCAPED')) out.push(name);
}
process.stdout.write(JSON.stringify(out), () => process.exit(0));
