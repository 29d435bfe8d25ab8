// `node pyodide.mjs NAME…`: runs these unittest modules in Pyodide as it comes.
import { openStock } from './stock.mjs';

const pyodide = await openStock();
pyodide.globals.set('names', process.argv.slice(2));
const failed = pyodide.runPython(`
import unittest
suite = unittest.defaultTestLoader.loadTestsFromNames(names.to_py())
result = unittest.TextTestRunner(sys.stdout).run(suite)
len(result.failures) + len(result.errors)
`);
process.exit(failed === 0 ? 0 : 1);
