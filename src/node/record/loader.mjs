/**
 * The exact changes that turn the pinned Pyodide into one that starts without `import()`, module syntax or a source of
 * randomness of its own. Each replacement must be found exactly as often as said, in a file of exactly this digest:
 * another release of Pyodide has to be read again before it is trusted.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const version = '314.0.7';

/**
 * Linear memory that Python may use, in bytes: beyond it, `MemoryError`. The recorder shares it with the block: 200,000
 * events and their text take 300 MB.
 */
const memoryBytes = 384 * 1024 * 1024;

const quota = (head, next, bytes) => [
  head + next,
  1,
  `${head}if(fileQuotaSpent(${bytes}))throw new FS.ErrnoError(51);${next}`,
];

const changes = {
  'pyodide.mjs': {
    sha256: '6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109',
    replace: [
      ['import(', 13, 'noImport('],
      ['export{dt as loadPyodide,U as version};', 1, 'globalThis.loadPyodide=dt;'],
    ],
  },
  'pyodide.asm.mjs': {
    sha256: 'f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635',
    replace: [
      ['import(', 17, 'noImport('],
      ['import.meta.url', 3, '"pyodide.asm.mjs"'],
      ['export default _createPyodideModule;', 1, 'globalThis.createPyodideModule=_createPyodideModule;'],
      // A block that has got hold of a value of JavaScript's may have changed what the memory image does not put back.
      [
        'function JsProxy_compute_typeflags(obj,is_py_json){',
        1,
        'function JsProxy_compute_typeflags(obj,is_py_json){bridgeUsed();',
      ],
      ['function JsProxy_GetAttr_js(jsobj,ptrkey){', 1, 'function JsProxy_GetAttr_js(jsobj,ptrkey){bridgeUsed();'],
      [
        'function JsvFunction_CallBound(func,this_,args){',
        1,
        'function JsvFunction_CallBound(func,this_,args){bridgeUsed();',
      ],
      // Shell mode would ask d8's `os.system` for random bytes.
      ['var initRandomFill=()=>{', 1, 'var initRandomFill=()=>{return fillRandom;'],
      ['var getHeapMax=()=>4294901760;', 1, `var getHeapMax=()=>${memoryBytes};`],
      // Files live outside of Python's memory: all that makes them grow has to ask first.
      quota('write(stream,buffer,offset,length,position,canOwn){', 'if(length<0||position<0)', 'length'),
      quota('expandFileStorage(node,newCapacity){', '', 'newCapacity>67108864?newCapacity:0'),
      quota('resizeFileStorage(node,newSize){', '', 'newSize'),
      quota('createNode(parent,name,mode,dev){', 'if(FS.isBlkdev', '256'),
      // The bytes that files had in the memory image are never changed in place.
      [
        'MEMFS.expandFileStorage(node,position+length);',
        1,
        'leaveHeldBytes(node);MEMFS.expandFileStorage(node,position+length);',
      ],
      // A snapshot may be larger than the memory that the module starts with.
      [
        'return Module.HEAP8.set(t),l};',
        1,
        'if(t.length>Module.HEAP8.length&&!growMemory(t.length))throw new Error("no memory");return Module.HEAP8.set(t),l};',
      ],
      // The map that gives equal JavaScript values one slot has to be put back with the memory image.
      [
        'function __hiwire_deduplicate_new(){return new Map}',
        1,
        'function __hiwire_deduplicate_new(){return sameValues}',
      ],
    ],
  },
};

const digests = {
  'pyodide.asm.wasm': 'cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6',
  'python_stdlib.zip': 'fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a',
};

/**
 * The text of one of Pyodide's two scripts, made into a classic script that leaves its result on `globalThis`.
 *
 * @param {'pyodide.mjs' | 'pyodide.asm.mjs'} name
 * @param {Buffer} bytes The file as installed.
 * @returns {string}
 * @throws {Error} When the file is not the pinned one.
 */
export function classicScript(name, bytes) {
  const change = changes[name];
  checkDigest(name, bytes, change.sha256);
  let text = bytes.toString('utf8');
  for (const [from, count, to] of change.replace) {
    const parts = text.split(from);
    if (parts.length - 1 !== count)
      throw new Error(`${name}: expected ${count} times \`${from}\`, found ${parts.length - 1}`);
    text = parts.join(to);
  }
  return text;
}

/**
 * Makes sure that a binary file of Pyodide is the pinned one.
 *
 * @param {string} name
 * @param {Buffer} bytes
 * @throws {Error} When it is not.
 */
export function checkPinned(name, bytes) {
  checkDigest(name, bytes, digests[name]);
}

/**
 * Reads a file that was made of pinned ones and is known by its digest.
 *
 * @param {string} path
 * @param {string} digest Hex SHA-256.
 * @returns {Buffer}
 * @throws {Error} When it has changed since.
 */
export function readChecked(path, digest) {
  const bytes = readFileSync(path);
  if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new Error(`${path} is damaged`);
  return bytes;
}

function checkDigest(name, bytes, expected) {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) throw new Error(`${name} is not the file of pyodide ${version}: sha256 ${found}`);
}
