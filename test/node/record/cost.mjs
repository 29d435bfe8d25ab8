// Runs `test/python/cost.py` in Pyodide as it comes and prints its table.
import { openStock } from '../../python/stock.mjs';

const pyodide = await openStock();
pyodide.globals.set('chosen', process.argv.slice(2));
pyodide.runPython('import cost; cost.main(chosen=chosen.to_py())');
process.exit(0);
