/**
 * Ways out of Pyodide. Each prints `ESCAPED` or leaves the file `MARK` behind when it gets somewhere; `SECRET` is a file
 * of the host, `PORT` a listening port of it. The whole list also runs in Pyodide as it comes, to show that it bites.
 */
export interface Attack {
  readonly name: string;
  readonly code: string;
}

const touch = 'echo out > MARK';

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

/** Names and code, in the order in which they run. */
export const attacks: readonly Attack[] = [
  ['os.system', `import os\nos.system("${touch}")`],
  ['os.popen', `import os\nprint("ESCAPED" if os.popen("echo 4${'2'}").read() else "")`],
  ['posix.system', `import posix\nposix.system("${touch}")`],
  [
    'the original behind the refusal',
    `import os\nfor cell in os.system.__closure__ or (): \n    cell.cell_contents("${touch}")`,
  ],
  [
    'a fresh posix',
    `import _imp, importlib.machinery as m\nposix = _imp.create_builtin(m.ModuleSpec("posix", None))\nposix.system("${touch}")`,
  ],
  [
    'posix, executed anew',
    `import importlib, posix, sys\ndel sys.modules["posix"]\nimport posix as fresh\nfresh.system("${touch}")`,
  ],
  [
    'functions of posix found by the collector',
    `import gc\nfor o in gc.get_objects():\n    if type(o).__name__ == "builtin_function_or_method" and o.__name__ == "system":\n        o("${touch}")`,
  ],
  ['os.execv', 'import os\nos.execv("/bin/sh", ["sh", "-c", "echo out > MARK"])'],
  ['os.posix_spawn', 'import os\nos.posix_spawn("/bin/sh", ["sh", "-c", "echo out > MARK"], {})'],
  ['os.fork', 'import os\nif os.fork() == 0:\n    print("ESCAPED")'],
  ['subprocess.run', `import subprocess\nsubprocess.run("${touch}", shell=True)`],
  ['_posixsubprocess', 'import _posixsubprocess\nprint(_posixsubprocess.fork_exec)\nprint("ESCAPED" if 0 else "")'],
  [
    'asyncio subprocess',
    `import asyncio\nasync def main():\n    await (await asyncio.create_subprocess_shell("${touch}")).wait()\nasyncio.run(main())`,
  ],
  [
    'multiprocessing',
    'import multiprocessing, os\np = multiprocessing.Process(target=os.system, args=("echo out > MARK",))\np.start(); p.join()',
  ],
  ['pty', 'import pty\npty.spawn(["/bin/sh", "-c", "echo out > MARK"])'],
  [
    'pickle',
    `import pickle, os\nclass Evil:\n    def __reduce__(self): return (os.system, ("${touch}",))\npickle.loads(pickle.dumps(Evil()))`,
  ],
  ['ctypes', `import ctypes\nctypes.CDLL(None).system(b"${touch}")`],
  [
    '_ctypes without the finders',
    `import sys, _imp, importlib.machinery as m\nsys.meta_path[:] = [m.BuiltinImporter, m.FrozenImporter, m.PathFinder]\nimport ctypes\nctypes.CDLL(None).system(b"${touch}")`,
  ],
  ['js.process', 'import js\nprint("ESCAPED", js.process.version)'],
  ['js.require', 'import js\njs.require("node:fs").writeFileSync("MARK", "out")'],
  ['js.eval', 'import js\nprint("ESCAPED", js.eval("process").version)'],
  ['js.Function', 'import js\nprint("ESCAPED", js.Function.new("return process")().version)'],
  ['constructor of a constructor', 'import js\nprint("ESCAPED", js.Object.constructor("return process")().version)'],
  ['constructor of the console', 'import js\nprint("ESCAPED", js.console.log.constructor("return process")().version)'],
  ['AsyncFunction', 'import js\nprint("ESCAPED", js.loadPyodide.constructor("return process"))'],
  [
    'setTimeout with a text',
    `import js\njs.setTimeout("process.mainModule", 0)\nprint("ESCAPED" if hasattr(js, "process") else "")`,
  ],
  ['run_js', 'from pyodide.code import run_js\nprint("ESCAPED", run_js("process.version"))'],
  [
    'run_js with import()',
    `from pyodide.code import run_js\nrun_js("import('node:fs').then(fs => fs.writeFileSync('MARK', 'out'))")\nprint("ESCAPED")`,
  ],
  ['globalThis.fetch of a file', 'import js\nprint("ESCAPED", js.fetch("file://SECRET"))'],
  ['XMLHttpRequest', 'import js\nprint("ESCAPED", js.XMLHttpRequest.new())'],
  [
    'js.Error.prepareStackTrace',
    `import js
from pyodide.ffi import create_proxy
def look(error, frames):
    print("ESCAPED", frames.constructor.constructor("return process")().version)
js.Error.prepareStackTrace = create_proxy(look)
try:
    js.Error.new("x").stack
except Exception as error:
    print(error)`,
  ],
  [
    'frames of the host',
    `import js
from pyodide.ffi import create_proxy
def look(error, frames):
    for frame in frames:
        for value in (frame.getThis(), frame.getFunction()):
            if value is not None and hasattr(value, "process"):
                print("ESCAPED")
js.Error.prepareStackTrace = create_proxy(look)
js.Error.new("x").stack`,
  ],
  [
    'globals of the machine',
    'import js\nfor name in ("process", "require", "module", "global", "Buffer", "fetch", "WebSocket", "Worker", "navigator", "read", "load", "readbuffer"):\n    if hasattr(js, name):\n        print("ESCAPED", name)',
  ],
  [
    'pyodide_js.mountNodeFS',
    'import pyodide_js, os\npyodide_js.mountNodeFS("/mnt", "/")\nprint("ESCAPED", os.listdir("/mnt"))',
  ],
  [
    'NODEFS by hand',
    `import pyodide_js, os
from pyodide.ffi import to_js
from js import Object
FS = pyodide_js._module.FS
os.mkdir("/host")
FS.mount(FS.filesystems.NODEFS, to_js({"root": "/"}, dict_converter=Object.fromEntries), "/host")
print("ESCAPED", len(os.listdir("/host")) and open("/hostSECRET").read())`,
  ],
  [
    'emscripten_run_script',
    'import pyodide_js\npyodide_js._module._emscripten_run_script(0)\npyodide_js._module.getNativeTypeSize\nprint("ESCAPED" if hasattr(pyodide_js._module, "process") else "")',
  ],
  [
    'loadPackage of a path',
    'import pyodide_js\nfrom pyodide.ffi import run_sync\nrun_sync(pyodide_js.loadPackage("file://SECRET"))\nprint("ESCAPED")',
  ],
  ['readFile of the loader', 'import pyodide_js\nprint("ESCAPED", pyodide_js._api.config.jsglobals.process.version)'],
  [
    'WebAssembly of its own',
    'import js\nfrom pyodide.ffi import to_js\nm = js.WebAssembly.Module.new(to_js(bytes([0, 97, 115, 109, 1, 0, 0, 0])))\nprint("ESCAPED" if hasattr(m, "process") else "")',
  ],
  ['open_url', 'from pyodide.http import open_url\nprint("ESCAPED", open_url("file://SECRET").read())'],
  [
    'a proxy that the collector knows',
    `import gc
seen = set()
stack = [o for o in gc.get_objects()]
while stack:
    o = stack.pop()
    if id(o) in seen: continue
    seen.add(id(o))
    if type(o).__name__ == "JsProxy":
        try:
            print("ESCAPED", o.constructor.constructor("return process")().version)
        except Exception as error: pass
    if len(seen) < 150000: stack.extend(gc.get_referents(o))`,
  ],
  [
    'the bridge, made again',
    `import sys, _imp, importlib.machinery as m
sys.meta_path[:] = [m.BuiltinImporter]
core = _imp.create_builtin(m.ModuleSpec("_pyodide_core", None))
print([n for n in dir(core) if "js" in n.lower()])
print("ESCAPED", core.js.process.version)`,
  ],
  [
    'subclasses of object',
    `for kind in object.__subclasses__():
    if kind.__name__ in ("JsProxy", "PyodideFuture"):
        print(kind, "ESCAPED" if hasattr(kind, "process") else "")
    if kind.__name__ == "_wrap_close":
        kind.__init__.__globals__["system"]("${touch}")`,
  ],
  [
    'frames up to the recorder',
    `import sys
frame = sys._getframe()
while frame:
    for name, value in [*frame.f_globals.items()]:
        if type(value).__name__ == "JsProxy":
            print("ESCAPED", value.process.version)
        if name == "os":
            value.system("${touch}")
    frame = frame.f_back`,
  ],
  ['open', 'print("ESCAPED", open("SECRET").read())'],
  ['open through /proc', 'print("ESCAPED", open("/proc/self/rootSECRET").read())'],
  ['/proc/self/environ', 'print("ESCAPED", len(open("/proc/self/environ").read()))'],
  ['a symbolic link', 'import os\nos.symlink("SECRET", "link")\nprint("ESCAPED", open("link").read())'],
  ['/etc/passwd', 'print("ESCAPED", open("/etc/passwd").read())'],
  ['environment', 'import os\nif "LOOPREEL_CANARY" in os.environ:\n    print("ESCAPED")'],
  [
    'sqlite3 extension',
    'import sqlite3\ndb = sqlite3.connect(":memory:")\ndb.enable_load_extension(True)\ndb.load_extension("SECRET")\nprint("ESCAPED")',
  ],
  [
    'sqlite3 file',
    'import sqlite3\nprint("ESCAPED", sqlite3.connect("file:SECRET?mode=ro", uri=True).execute("select 1 from sqlite_master").fetchall())',
  ],
  [
    'an extension module',
    'import importlib.machinery as m, importlib.util as u\nl = m.ExtensionFileLoader("x", "SECRET")\nu.module_from_spec(m.ModuleSpec("x", l, origin="SECRET"))\nprint("ESCAPED")',
  ],
  [
    'a socket',
    'import socket\ns = socket.create_connection(("127.0.0.1", PORT), timeout=1)\ns.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")\nprint("ESCAPED", s.recv(10))',
  ],
  [
    'urllib',
    'import urllib.request\nprint("ESCAPED", urllib.request.urlopen("http://127.0.0.1:PORT/", timeout=1).read())',
  ],
  ['urllib of a file', 'import urllib.request\nprint("ESCAPED", urllib.request.urlopen("file://SECRET").read())'],
  ['webbrowser', 'import webbrowser\nprint("ESCAPED" if webbrowser.open("http://127.0.0.1:PORT/") else "")'],
  ['standard input', 'import os\nif os.read(0, 100):\n    print("ESCAPED")'],
  ['killing the parent', 'import os, signal\nos.kill(os.getppid(), signal.SIGKILL)'],
  // Behind the seal, at Pyodide's bridge.
  ['Function, past the seal', `${pastTheSeal}\nprint("ESCAPED", Function("return process")().version)`],
  [
    'an async function’s constructor, past the seal',
    `${pastTheSeal}\n${globalObject}\nfor kind in ("AsyncFunction", "GeneratorFunction"):\n    print(kind)\nasync_function = Object.getPrototypeOf(next(v for v in [world()] + seen if "async" in str(v)[:6])).constructor\nprint("ESCAPED", async_function("return process")().version)`,
  ],
  [
    'the global object, past the seal',
    `${pastTheSeal}\n${globalObject}\nit = world()\nfor name in ("process", "require", "module", "global", "Buffer", "fetch", "Worker", "navigator", "Deno", "Bun", "setImmediate", "importScripts"):\n    if hasattr(it, name):\n        print("ESCAPED", name)`,
  ],
  [
    'frames of the host, past the seal',
    `${pastTheSeal}\n${globalObject}\nworld()\nfor value in seen:\n    for one in (value, getattr(value, "constructor", None), getattr(getattr(value, "constructor", None), "constructor", None)):\n        if one is None: continue\n        if hasattr(one, "process") or hasattr(one, "mainModule"):\n            print("ESCAPED")\n        try:\n            print("ESCAPED", one.constructor("return process")().version)\n        except Exception: pass`,
  ],
  [
    'import() through the loader’s own functions',
    `${pastTheSeal}\n${globalObject}\nit = world()\nfor value in seen + [it]:\n    for name in ("noImport", "load", "read", "readbuffer", "loadPyodide"):\n        try:\n            got = getattr(value, name)("node:fs")\n            print("ESCAPED" if hasattr(got, "readFileSync") or hasattr(got, "length") else "")\n        except Exception: pass`,
  ],
  [
    'eval of the context, past the seal',
    `${pastTheSeal}\n${globalObject}\nit = world()\nprint("ESCAPED", getattr(it, "eval")("this.process").version)`,
  ],
  [
    'a Proxy as a trap for the host',
    `${pastTheSeal}\n${globalObject}\nit = world()\ndef trap(*a):\n    for x in a:\n        if hasattr(x, "process") or hasattr(x, "mainModule"): print("ESCAPED")\nfor name in ("get", "toString", "toJSON", "then", "apply"):\n    setattr(Object.prototype, name, core.create_proxy(trap))`,
  ],
  [
    'polluting prototypes under the host’s hands',
    `${pastTheSeal}\n${globalObject}\nit = world()\nfor owner in (Object.prototype, it.Array.prototype, it.String.prototype, it.Number.prototype, it.Promise.prototype):\n    for name in ("length", "0", "push", "split", "toString", "toJSON", "then", "constructor", "answer"):\n        try: setattr(owner, name, "ESCAPED")\n        except Exception: pass`,
  ],
  [
    'a shared WebAssembly memory',
    `${pastTheSeal}\n${globalObject}\nit = world()\nmemory = it.WebAssembly.Memory.new(core.to_js({"initial": 9000, "maximum": 9000}, dict_converter=Object.fromEntries))\nprint("ESCAPED", memory.buffer.byteLength)`,
  ],
  [
    'a module that imports the host’s functions',
    `${pastTheSeal}\n${globalObject}\nit = world()\ncode = bytes([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,101,1,102,0,0])\nmodule = it.WebAssembly.Module.new(core.to_js(code))\ninstance = it.WebAssembly.Instance.new(module, core.to_js({"e": {"f": it.process.exit}}, dict_converter=Object.fromEntries))\nprint("ESCAPED")`,
  ],
  [
    'waiting for ever with Atomics',
    `${pastTheSeal}\n${globalObject}\nit = world()\nview = it.Int32Array.new(it.SharedArrayBuffer.new(4))\nit.Atomics.wait(view, 0, 0)\nprint("ESCAPED")`,
  ],
  [
    'files of the host through the file system object',
    `${pastTheSeal}\n${globalObject}\nit = world()\nfor value in seen:\n    fs = getattr(value, "FS", None)\n    if fs is not None:\n        for name in ("NODEFS", "NODERAWFS", "WORKERFS", "PROXYFS"):\n            kind = getattr(fs.filesystems, name, None)\n            if kind is not None:\n                fs.mkdir("/out")\n                fs.mount(kind, core.to_js({"root": "/"}, dict_converter=Object.fromEntries), "/out")\n                print("ESCAPED", fs.readFile("/outSECRET"))`,
  ],
  [
    'the clock of the host',
    `${pastTheSeal}\n${globalObject}\nit = world()\nprint("ESCAPED" if it.Date.now() > 1767226000000 else "", it.performance.now())`,
  ],
  // Python's own depths.
  [
    'code of one’s own bytes',
    `import types\ncode = (lambda: 0).__code__\nevil = code.replace(co_code=bytes([100, 255, 83, 0] * 20), co_consts=(), co_stacksize=1)\nprint(types.FunctionType(evil, {})())\nprint("ESCAPED")`,
  ],
  [
    'the interpreter’s memory through a forged bytearray',
    `import gc\nclass Fake(bytearray): pass\nobjects = [o for o in gc.get_objects() if type(o).__name__ in ("CDLL", "PyCSimpleType", "JsProxy")]\nfor o in objects:\n    print("ESCAPED", o)`,
  ],
  [
    'ctypes out of the zip, by hand',
    `import sys, zipimport\nz = zipimport.zipimporter(next(p for p in sys.path if p.endswith(".zip")))\nm = z.load_module("ctypes")\nm.CDLL(None).system(b"${touch}")`,
  ],
  [
    '_ctypes, made by the original',
    `${pastTheSeal}\nc = create(m.ModuleSpec("_ctypes", None))\n_imp.exec_dynamic(c)\naddress = c.dlsym(c.dlopen(None, 0), "system")\nc.call_function(address, (b"${touch}",))`,
  ],
  [
    'posix, made by the original',
    `${pastTheSeal}\nposix = create(m.ModuleSpec("posix", None))\n_imp.exec_builtin(posix)\nposix.system("${touch}")\nposix.execv("/bin/sh", ["sh", "-c", "${touch}"])`,
  ],
  [
    '_posixsubprocess, made by the original',
    `${pastTheSeal}\nimport os\np = create(m.ModuleSpec("_posixsubprocess", None))\n_imp.exec_builtin(p)\nr, w = os.pipe()\np.fork_exec([b"/bin/sh", b"-c", b"${touch}"], [b"/bin/sh"], True, (), None, None, -1, -1, -1, -1, -1, -1, r, w, False, False, 0, None, None, None, -1, None, False)\nprint("ESCAPED")`,
  ],
  [
    '_socket, made by the original',
    `${pastTheSeal}\ns = create(m.ModuleSpec("_socket", None))\n_imp.exec_builtin(s)\nc = s.socket(2, 1)\nc.connect(("127.0.0.1", PORT))\nprint("ESCAPED")`,
  ],
  ['a trap in the interpreter', `${pastTheSeal}\ncore.trigger_fatal_error()\nprint("ESCAPED")`],
  ['a symbolic link to the root', 'import os\nos.symlink("/", "root")\nprint("ESCAPED", open("rootSECRET").read())'],
  [
    '/proc/self/fd',
    'import os\nfor n in range(64):\n    try:\n        if b"secret" in os.pread(n, 100, 0): print("ESCAPED")\n    except OSError: pass',
  ],
  [
    '/dev of the host',
    'import os\nfor name in ("/dev/mem", "/dev/sda", "/dev/kmsg"):\n    try:\n        os.open(name, os.O_RDONLY)\n        print("ESCAPED")\n    except OSError: pass',
  ],
  [
    'the parent’s standard output',
    'import os\nos.write(1, b"{\\"answer\\":\\"=ESCAPED\\"}\\n")\nos.write(3, b"{\\"answer\\":\\"=ESCAPED\\"}\\n")',
  ],
  [
    'an answer of one’s own',
    'import json\njson.dumps = lambda *a, **k: \'{"id":"b1","status":"ran","stdout":"ESCAPED"}\'',
  ],
  [
    'a reducer that answers for the recorder',
    `import sys\nframe = sys._getframe()\nwhile frame:\n    recording = frame.f_locals.get("recording") or frame.f_locals.get("self")\n    for name in ("world", "console"):\n        part = getattr(recording, name, None)\n        for undo in getattr(part, "_undo", ()):\n            for cell in undo.__closure__ or ():\n                value = cell.cell_contents\n                if callable(value) and getattr(value, "__name__", "") == "system":\n                    value("${touch}")\n    frame = frame.f_back`,
  ],
  [
    'what stood behind the refusals of the recorder',
    `import gc, os, socket, subprocess\nfor function in (os.system, os.fork, socket.socket.__init__, subprocess.Popen.__init__, os.kill):\n    for cell in getattr(function, "__closure__", None) or ():\n        value = cell.cell_contents\n        for call in (lambda: value("${touch}"), lambda: value(["sh", "-c", "${touch}"])):\n            try: call()\n            except BaseException: pass`,
  ],
  [
    'the simulated network, asked for the real one',
    `import urllib.request, http.client\nfor url in ("http://127.0.0.1:PORT/", "http://[::1]:PORT/", "http://localhost:PORT/", "file://SECRET"):\n    try:\n        text = urllib.request.urlopen(url, timeout=1).read()\n        print("ESCAPED" if b"the secret" in text or text == b"hello" else "")\n    except Exception as error: print(error)\nc = http.client.HTTPConnection("127.0.0.1", PORT)\nc.request("GET", "/")\nprint("ESCAPED" if c.getresponse().read() == b"hello" else "")`,
  ],
  [
    'the simulated packages, asked for a file of the host',
    `import asyncio\nasync def main():\n    import aiofiles, aiohttp\n    try:\n        async with aiofiles.open("SECRET") as file:\n            print("ESCAPED", await file.read())\n    except OSError as error: print(error)\n    async with aiohttp.ClientSession() as session:\n        async with session.get("file://SECRET") as answer:\n            print("ESCAPED" if "the secret" in await answer.text() else "")\nasyncio.run(main())`,
  ],
  [
    'modules that the simulation keeps',
    `import sys\nfor name, module in list(sys.modules.items()):\n    if name.startswith("loopreel"):\n        for value in vars(module).values():\n            if getattr(value, "__name__", "") in ("os", "posix", "subprocess"):\n                for call in ("system", "popen", "run"):\n                    try: getattr(value, call)("${touch}")\n                    except BaseException: pass`,
  ],
  [
    'an own finder before the seal’s',
    `import sys, importlib.machinery as m\nclass F:\n    @staticmethod\n    def find_spec(name, path=None, target=None):\n        return m.BuiltinImporter.find_spec(name)\nsys.meta_path.insert(0, F)\nfor name in ("_ctypes", "_pyodide_core", "_posixsubprocess"):\n    sys.modules.pop(name, None)\n    try:\n        module = __import__(name)\n        print(name, "ESCAPED" if hasattr(getattr(module, "js", None), "process") else "")\n    except ImportError as error: print(error)`,
  ],
  [
    'a huge answer',
    'import asyncio\nasync def main():\n    for n in range(100000):\n        asyncio.current_task().set_name("x" * 100)\n        await asyncio.sleep(0)\nasyncio.run(main())\nraise ValueError("x" * 50_000_000)',
  ],
  ['breakpoint', 'breakpoint()\nprint("after")'],
].map(([name = '', code = '']) => ({ name, code }));

/** An attack's code for this host. */
export function aim(attack: Attack, mark: string, secret: string, port: number): string {
  return attack.code.replaceAll('MARK', mark).replaceAll('SECRET', secret).replaceAll('PORT', String(port));
}
