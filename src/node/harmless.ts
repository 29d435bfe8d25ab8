/** Text that a note's program may have made, without what a terminal would obey: control signs become pictures. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}--[\n\t]]/gv, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u2421';
  });
}
