// Evaluated inside the bare context, before Pyodide's own scripts. Nothing of the host is here: no function, no object.
// What Pyodide wants of a JavaScript shell is made from the language itself; clock and randomness are the same each time.
(() => {
  const realNow = Date.now;
  const blobs = new Map();
  const log = [];
  const note = (...parts) => {
    if (log.length < 200)
      log.push(parts.map((part) => (typeof part === 'string' ? part : (part?.message ?? typeof part))).join(' '));
  };
  globalThis.console = { log: note, warn: note, error: note, info: note, debug: note, trace: note, dir: note };
  globalThis.read = (name) => blobs.get(name);
  globalThis.load = () => {
    throw new Error('no files here');
  };
  globalThis.readbuffer = (name) => blobs.get(name);
  globalThis.noImport = async (name) => {
    throw new Error(`no module ${name} here`);
  };
  for (const name of ['Suspending', 'promising', 'Suspender', 'SuspendError']) delete WebAssembly[name];
  // Node serves these with a function of the host's, which shows a wrong argument in its error: it calls what that holds.
  for (const name of ['compileStreaming', 'instantiateStreaming']) delete WebAssembly[name];
  globalThis.FinalizationRegistry = class {
    register() {}
    unregister() {}
  };
  globalThis.AbortController = class {
    signal = {};
    abort() {}
  };
  globalThis.sameValues = new Map();

  // One clock for all that asks JavaScript for the time: 2026-01-01T00:00Z and a microsecond for every question.
  let questions = 0;
  const start = 1767225600000;
  Date.now = () => Math.floor(start + questions++ / 1000);
  globalThis.performance = { now: () => questions++ / 1000 };

  let seed = 1;
  globalThis.fillRandom = (view) => {
    for (let i = 0; i < view.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      view[i] = seed >>> 24;
    }
    return view;
  };
  Math.random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 4294967296;
  };
  globalThis.crypto = { getRandomValues: fillRandom };

  const decode = (bytes, step) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += step * 4096) text += String.fromCharCode(...pick(bytes, i, step));
    return text;
  };
  const pick = (bytes, from, step) => {
    const codes = [];
    const end = Math.min(bytes.length, from + step * 4096);
    for (let i = from; i + step <= end; i += step) codes.push(step === 1 ? bytes[i] : bytes[i] | (bytes[i + 1] << 8));
    return codes;
  };
  const utf8 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; ) {
      const a = bytes[i++];
      if (a < 0x80) text += String.fromCharCode(a);
      else if (a < 0xe0) text += String.fromCharCode(((a & 31) << 6) | (bytes[i++] & 63));
      else if (a < 0xf0) text += String.fromCharCode(((a & 15) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63));
      else
        text += String.fromCodePoint(
          ((a & 7) << 18) | ((bytes[i++] & 63) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63),
        );
    }
    return text;
  };
  globalThis.TextDecoder = class {
    constructor(encoding = 'utf-8') {
      this.encoding = encoding;
    }
    decode(view) {
      if (view === undefined) return '';
      const bytes = new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0, view.byteLength);
      if (/16/.test(this.encoding)) return decode(bytes, 2);
      return /latin|ascii/.test(this.encoding) ? decode(bytes, 1) : utf8(bytes);
    }
  };
  globalThis.TextEncoder = class {
    encode(text = '') {
      const bytes = [];
      for (const character of text) {
        const c = character.codePointAt(0);
        if (c < 0x80) bytes.push(c);
        else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
        else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
        else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      }
      return new Uint8Array(bytes);
    }
    encodeInto(text, view) {
      const bytes = this.encode(text);
      view.set(bytes);
      return { read: text.length, written: bytes.length };
    }
  };

  // What files, pipes and terminals may take in one block, in bytes; MEMFS lies outside of Python's capped memory.
  let written = 0;
  globalThis.fileQuotaSpent = (bytes) => {
    written += bytes;
    return written > 64 * 1024 * 1024;
  };

  // The bytes of files that the image holds. A block that writes into them writes into a copy, since putting all of them
  // back would take longer than most blocks.
  const heldBytes = new Set();
  globalThis.leaveHeldBytes = (node) => {
    if (heldBytes.has(node.contents)) node.contents = node.contents.slice();
  };

  // Whether the block has touched JavaScript through Pyodide's bridge, which the seal hides and no note needs.
  let touched = false;
  globalThis.bridgeUsed = () => {
    touched = true;
  };

  // The soft deadline: Python asks this "buffer" for a signal every few instructions; reading the clock costs, so only
  // every 64th question does. Told again and again afterwards, for code that swallows the first interrupt.
  let deadline = Infinity;
  let asked = 0;
  const interrupts = {
    get 0() {
      if ((++asked & 63) !== 0) return 0;
      const now = realNow();
      if (now < deadline) return 0;
      deadline = now + 500;
      return 2;
    },
    set 0(_value) {},
  };

  // Called by the host with strings and numbers only; gives strings, numbers and buffers of this realm.
  const host = { __proto__: null };
  let pyodide;
  let record;
  let image;

  host.newBuffer = (name, size) => {
    const buffer = new ArrayBuffer(size);
    blobs.set(name, buffer);
    return buffer;
  };
  host.setText = (name, text) => {
    blobs.set(name, text);
  };
  host.log = () => log.join('\n');

  /** Starts Python; `make`: so that a snapshot can be taken, `load`: from the blob `snapshot`. */
  host.boot = async (make, load) => {
    pyodide = await loadPyodide({
      indexURL: '/pyodide/',
      createPyodideModule,
      lockFileContents: JSON.parse(blobs.get('lock')),
      stdLibURL: '/pyodide/stdlib.zip',
      env: { HOME: '/home/reader', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: '/recorder' },
      fsInit: async (FS) => {
        for (const [path, text] of JSON.parse(blobs.get('files'))) {
          FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          FS.writeFile(path, text);
        }
        for (const path of JSON.parse(blobs.get('compiled'))) {
          FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          FS.writeFile(path, new Uint8Array(blobs.get(path)));
        }
      },
      ...(make ? { _makeSnapshot: true } : {}),
      ...(load ? { _loadSnapshot: blobs.get('snapshot') } : {}),
    });
  };

  /** Runs our own Python (never a note's) for its effect. */
  host.run = (code) => {
    pyodide.runPython(code);
  };

  host.snapshot = () => pyodide.makeMemorySnapshot().buffer;

  /** Fetches the recorder's entry, closes the seal, then keeps everything as it is now for `reset`. */
  host.prepare = (expression, seal) => {
    record = pyodide.runPython(expression);
    const remember = pyodide.runPython('from loopreel_recorder import remember_modules\nremember_modules');
    pyodide.runPython(seal);
    remember();
    pyodide.setInterruptBuffer(interrupts);
    blobs.clear();
    for (const name of ['read', 'load', 'readbuffer', 'loadPyodide', 'createPyodideModule']) delete globalThis[name];
    const { HEAP8, FS } = pyodide._module;
    image = { memory: HEAP8.slice(), slots: slots(), same: [...sameValues], files: fileState(FS), questions, seed };
  };

  /** Puts memory, JavaScript's side of it and files back to what they were at `prepare`. */
  host.reset = () => {
    const { FS } = pyodide._module;
    const heap = pyodide._module.HEAP8;
    heap.set(image.memory);
    heap.fill(0, image.memory.length);
    image.slots.forEach((value, slot) => {
      pyodide._module.__hiwire_set(slot, value);
    });
    for (let slot = image.slots.length; slot < slotCount(); slot++) pyodide._module.__hiwire_set(slot, null);
    sameValues.clear();
    for (const [value, slot] of image.same) sameValues.set(value, slot);
    restoreFiles(FS, image.files);
    ({ questions, seed } = image);
    written = 0;
    log.length = 0;
  };

  /**
   * Gives `=` and the recorder's answer, `+` and the answer when memory has grown so much that a fresh interpreter is
   * cheaper than putting this one back, `~` and the answer when JavaScript was touched, so that putting it back would
   * not be enough, or `!` and what went wrong inside (the interpreter is then of no more use).
   */
  host.record = (request, seconds) => {
    asked = 0;
    touched = false;
    deadline = realNow() + seconds * 1000;
    try {
      const answer = record(request);
      if (typeof answer !== 'string') return '!the recorder gave no text';
      if (touched) return `~${answer}`;
      return (pyodide._module.HEAP8.length > 160 * 1024 * 1024 ? '+' : '=') + answer;
    } catch (error) {
      try {
        return `!${String(error.message)}`;
      } catch {
        return '!';
      }
    } finally {
      deadline = Infinity;
    }
  };

  /** Does `record` as soon as the stack of whoever calls is empty; `answer` gives what came of it. */
  let answer;
  host.begin = (request, seconds) => {
    answer = undefined;
    Promise.resolve().then(() => {
      answer = host.record(request, seconds);
    });
  };
  host.answer = () => answer;

  const slots = () => {
    const values = [];
    try {
      for (;;) values.push(pyodide._module.__hiwire_get(values.length));
    } catch {
      return values;
    }
  };
  const slotCount = () => {
    let count = image.slots.length;
    try {
      for (;;) pyodide._module.__hiwire_get(count++);
    } catch {
      return count - 1;
    }
  };

  const fileState = (FS) => {
    const nodes = [];
    const visit = (node) => {
      const { parent, name, mode, contents, usedBytes, link, atime, mtime, ctime, name_next } = node;
      if (contents instanceof Uint8Array) heldBytes.add(contents);
      const isFolder = FS.isDir(mode) && contents !== undefined;
      const kept = isFolder ? { ...contents } : undefined;
      nodes.push({
        node,
        kept,
        fields: { parent, name, mode, contents, usedBytes, link, atime, mtime, ctime, name_next },
      });
      if (isFolder) for (const child of Object.values(contents)) visit(child);
      if (node.mounted && node.mounted.root !== node) visit(node.mounted.root);
    };
    visit(FS.root);
    const streams = FS.streams.map((stream) => stream && { stream, node: stream.node, shared: { ...stream.shared } });
    return { nodes, streams, table: [...FS.nameTable], currentPath: FS.currentPath, nextInode: FS.nextInode };
  };

  const restoreFiles = (FS, saved) => {
    for (const { node, kept, fields } of saved.nodes) {
      Object.assign(node, fields);
      if (kept !== undefined) {
        for (const name of Object.keys(node.contents)) delete node.contents[name];
        Object.assign(node.contents, kept);
      }
    }
    FS.streams.length = 0;
    for (const entry of saved.streams) {
      if (entry) {
        entry.stream.node = entry.node;
        Object.assign(entry.stream.shared, entry.shared);
      }
      FS.streams.push(entry?.stream ?? null);
    }
    saved.table.forEach((node, hash) => {
      FS.nameTable[hash] = node;
    });
    FS.currentPath = saved.currentPath;
    FS.nextInode = saved.nextInode;
  };

  return host;
})();
