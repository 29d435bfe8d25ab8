import { globalObject, named, pastTheSeal } from './attack.ts';

/** Behind the seal, at Pyodide's bridge: what a block finds among the values of the context. */
export const bridge = named([
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
  [
    'the paths of the host in a stack',
    `${pastTheSeal}\n${globalObject}\nit = world()\nprint("ESCAPED" if "file://" in str(Error.new("x").stack) else "")`,
  ],
  [
    'what call sites tell',
    `${pastTheSeal}
${globalObject}
world()
def tell(error, frames):
    for frame in frames:
        for name in ("getFileName", "getScriptNameOrSourceURL", "getEvalOrigin", "getTypeName"):
            try: print("ESCAPED" if "file:" in str(getattr(frame, name)()) else "")
            except Exception: pass
        for value in (frame, frame.getThis, frame.getFunction):
            try: print("ESCAPED", value.constructor.constructor("return process")().version)
            except Exception: pass
    return "x"
Error.prepareStackTrace = core.create_proxy(tell)
str(Error.new("x").stack)`,
  ],
  [
    'a thenable',
    `${pastTheSeal}
${globalObject}
it = world()
def then(*functions):
    for one in functions:
        try: print("ESCAPED", one.constructor("return process")().version)
        except Exception: open("MARK", "w").close()
bait = Object.new()
setattr(bait, "then", core.create_proxy(then))
try: it.Reflect.apply(it.Promise.resolve, it.Promise, core.to_js([bait]))
except AttributeError: pass`,
  ],
  [
    'callers and callees',
    `${pastTheSeal}
${globalObject}
world()
for value in seen:
    for name in ("caller", "callee", "arguments"):
        try: print("ESCAPED", getattr(value, name).constructor.constructor("return process")().version)
        except Exception: pass`,
  ],
  [
    'values in the slots of the bridge',
    `${pastTheSeal}
${globalObject}
world()
for value in seen:
    get = getattr(value, "__hiwire_get", None)
    for slot in range(300 if get else 0):
        try: print("ESCAPED", get(slot).constructor.constructor("return process")().version)
        except Exception: pass`,
  ],
  [
    'a realm of its own',
    `${pastTheSeal}\n${globalObject}\nit = world()\nprint("ESCAPED", it.ShadowRealm.new().evaluate("1"))`,
  ],
  [
    'functions of Node’s behind WebAssembly’s streams',
    `${pastTheSeal}\n${globalObject}\nit = world()\nfor name in ("compileStreaming", "instantiateStreaming"):\n    if hasattr(it.WebAssembly, name): print("ESCAPED")`,
  ],
  [
    'import() with attributes',
    `${pastTheSeal}\n${globalObject}\nit = world()\nwant = core.to_js({"with": {"type": "json"}}, dict_converter=Object.fromEntries)\nfor name in ("import", "noImport"):\n    try: print("ESCAPED" if hasattr(getattr(it, name)("file://SECRET", want), "default") else "")\n    except AttributeError: pass`,
  ],
]);
