import { globalObject, named, pastTheSeal } from './attack.ts';

/** Makes the recorder answer with `text`, an expression for JSON, in the place of the trace. */
const answerWith = (text: string) => `import sys
forged = ${text}
frame = sys._getframe()
while frame:
    recording = frame.f_locals.get("recording")
    if recording is not None:
        type(recording).trace = property(lambda self, forged=forged: forged, lambda self, value: None)
    frame = frame.f_back`;

/** The header of a trace, as Python writes it. */
const header = String.raw`'{"format":"loopreel-trace","version":1,"python":"3","implementation":"x","clock":"virtual","file":"n","line":1,"source":"","sites":[],"limits":{},"truncated":false}\n'`;

const trace = (events: string) => answerWith(`__import__("json").dumps(${header} + ${events})`);

const inJavaScript = (code: string) => `${pastTheSeal}\n${globalObject}\nit = world()\n${code}`;

/**
 * What wants to get nowhere but in the way: of the machine, of the process that reads the answer, of the next block.
 * None may outlast its limits, take the host's memory, or change what the next block sees.
 */
export const disturbances = named([
  // Answers
  ['an answer of brackets', answerWith(`'"","z":' + "[" * 40_000_000`)],
  ['an answer of nested arrays', answerWith(`'"","z":' + "[" * 9_000_000 + "]" * 9_000_000`)],
  ['an answer beyond all memory', answerWith(`'"' + "x" * 180_000_000 + '"'`)],
  ['an answer of escapes', answerWith(String.raw`'"' + "\\\\" * 40_000_000 + '"'`)],
  ['a trace of empty lines', answerWith(String.raw`'"' + "\\n" * 50_000_000 + '"'`)],
  ['an answer of ten million faults', answerWith(`'"","faults":[' + ",".join(['"x"'] * 9_000_000) + "]"`)],
  ['half characters', answerWith(String.raw`'"\ud800\udfff\x00\ud83d"'`)],
  ['half characters, escaped', answerWith(String.raw`'"\\ud800\\u0000","stdout":"\\ud800 \\u0000"'`)],
  ['lines of the host within an answer', answerWith(String.raw`'""\n{"answer":"="}\n{"snapshot":5}\n'`)],
  ['keys of prototypes', answerWith(`'"","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'`)],
  [
    'lines that are none',
    answerWith(`'"","status":"raised","error":{"text":"x","line":1e300,"column":-5,"traceback":""}'`),
  ],
  ['an answer that is no text', answerWith('5')],
  [
    'a trace of nested errors',
    trace(
      `'{"i":0,"t":0,"tick":0,"step":0,"k":"end","task":null,"outcome":"raised","error":' + '{"type":"E","message":"","exceptions":[' * 20_000 + '{"type":"E","message":""}' + "]}" * 20_000 + "}"`,
    ),
  ],
  [
    'a trace of half a million events',
    trace(
      String.raw`"".join('{"i":%d,"t":0,"tick":0,"step":0,"k":"print","task":null,"stream":"stdout","text":"x"}\n' % n for n in range(500_000))`,
    ),
  ],
  [
    'resources without measure',
    trace(
      String.raw`"".join('{"i":%d,"t":0,"tick":0,"step":0,"k":"res+","task":null,"r":%d,"kind":"%s","label":"a","value":1e15,"site":null,"internal":false,"capacity":9007199254740991}\n' % (n, n, kind) for n, kind in enumerate(["Semaphore", "Queue", "Barrier", "Lock", "Event", "Condition", "__proto__", "constructor"]))`,
    ),
  ],
  // The machine
  ['array buffers', inJavaScript('kept = [it.Uint8Array.new(2**30) for n in range(6)]\nprint("ESCAPED")')],
  [
    'memories of WebAssembly',
    inJavaScript(
      'options = core.to_js({"initial": 6144, "maximum": 6144}, dict_converter=Object.fromEntries)\nkept = [it.WebAssembly.Memory.new(options) for n in range(30)]\nprint("ESCAPED")',
    ),
  ],
  [
    'sleep in JavaScript, to be given a second try',
    inJavaScript('it.Atomics.wait(it.Int32Array.new(it.SharedArrayBuffer.new(4)), 0, 0, 2000)\nwhile True: pass'),
  ],
  ['mapped memory', 'import mmap\nkept = [mmap.mmap(-1, 100_000_000) for n in range(100)]\nprint("ESCAPED")'],
  [
    'a hole in a file',
    'import os\nwith open("big", "wb") as file: file.seek(2**31 - 2); file.write(b"x")\nprint("ESCAPED")',
  ],
  ['a crash on purpose', 'import faulthandler\nfaulthandler._sigsegv()'],
  ['a number of a billion digits', 'print(f"{1:999999999}", 10 ** 10 ** 9)'],
  // The next block
  [
    'prototypes, and the sentry gone',
    inJavaScript(
      'it.bridgeUsed = core.create_once_callable(print)\nObject.prototype.left = 1\nit.Array.prototype.push = None',
    ),
  ],
  [
    'species',
    inJavaScript(
      'Object.defineProperty(it.Uint8Array, it.Symbol.species, core.to_js({"get": core.create_proxy(print)}, dict_converter=Object.fromEntries))',
    ),
  ],
  [
    'hooks of the interpreter',
    'import asyncio, gc, sys, builtins, json\ngc.callbacks.append(print)\nsys.addaudithook(lambda *a: None)\nsys.settrace(lambda *a: None)\nbuiltins.print = asyncio.sleep = json.dumps = None',
  ],
  [
    'all tools of monitoring',
    'import sys\nfor n in range(6):\n    if sys.monitoring.get_tool(n): sys.monitoring.free_tool_id(n)\n    sys.monitoring.use_tool_id(n, "evil")\n    sys.monitoring.set_events(n, 255)',
  ],
  [
    'the files of the library removed',
    'import os, shutil\nfor root in ("/recorder", "/lib", "/pyodide", "/home", "/tmp", "/proc"): shutil.rmtree(root, ignore_errors=True)\nos.rename("/dev", "/other")',
  ],
  [
    'signals left ignored',
    'import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError): pass',
  ],
]);
