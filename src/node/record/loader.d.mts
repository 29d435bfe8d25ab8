export function classicScript(name: 'pyodide.mjs' | 'pyodide.asm.mjs', bytes: Buffer): string;
export function checkPinned(name: string, bytes: Buffer): void;
