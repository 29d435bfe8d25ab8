export const version: string;
export const memoryBytes: number;
export const loaderDigest: string;
export function classicScript(name: 'pyodide.mjs' | 'pyodide.asm.mjs', bytes: Buffer): string;
export function checkPinned(name: string, bytes: Buffer): void;
