/** Characters of one step when bytes become a text: more arguments than that no engine takes. */
const chunk = 8192;

/**
 * Whole numbers from 0 to 2⁵³ − 1 as Base64: seven bits a byte, the lowest first, the eighth set while more follow
 * (LEB128).
 */
export function writeBytes(numbers: readonly number[]): string {
  const bytes: number[] = [];
  for (let number of numbers) {
    for (; number >= 0x80; number = Math.floor(number / 0x80)) bytes.push((number % 0x80) + 0x80);
    bytes.push(number);
  }
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.slice(at, at + chunk));
  return btoa(text);
}

/** Reads what `writeBytes` wrote, number by number. */
export interface ByteReader {
  next(): number;
  done(): boolean;
}

export function readBytes(base64: string): ByteReader {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n);
  let at = 0;
  return {
    next() {
      let byte = bytes[at++] ?? 0;
      if (byte < 0x80) return byte;
      let number = byte - 0x80;
      for (let unit = 0x80; byte >= 0x80; unit *= 0x80) {
        byte = bytes[at++] ?? 0;
        number += (byte & 0x7f) * unit;
      }
      return number;
    },
    done: () => at >= bytes.length,
  };
}
