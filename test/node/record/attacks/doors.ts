import { named, touch } from './attack.ts';

/** Doors that stand open in Pyodide as it comes: its modules, the system's functions, files and sockets. */
export const doors = named([
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
]);
