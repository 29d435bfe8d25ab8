import { named, pastTheSeal, touch } from './attack.ts';

/** Python's own depths: modules made by hand, the interpreter's memory, the recorder's own frames. */
export const depths = named([
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
  [
    'other notes in the memory of the recorder',
    `import gc\nfor one in gc.get_objects():\n    if type(one) is dict and len(one.get("blocks") or ()) > 1: print("ESCAPED")`,
  ],
  [
    'a device made anew',
    'import os, stat\nos.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0))\nprint("ESCAPED", open("disk", "rb").read(9))',
  ],
  [
    'redirects to a file of the host',
    `import requests\nfor url in ("https://httpbin.org/redirect-to?url=file://SECRET", "file://SECRET", "https://example.com/\\r\\nHost: localhost:PORT"):\n    try: print("ESCAPED" if "the secret" in requests.get(url).text else "")\n    except Exception as error: print(type(error))`,
  ],
  [
    'odd paths of the simulated files',
    `import asyncio, aiofiles\nasync def main():\n    for path in ("../../../../SECRET", "/proc/self/root/SECRET", b"/etc/passwd", "\\0", "a" * 100_000, 10**30, -1):\n        try:\n            async with aiofiles.open(path) as file: print("ESCAPED", await file.read())\n        except (OSError, ValueError, TypeError, OverflowError): pass\nasyncio.run(main())`,
  ],
]);
