/**
 * What stands in a line's place when it is compared: texts that differ only in what nobody means are one. Quotes are
 * one kind, addresses and file names are none, and a set of texts, whose order is that of random hashes, is sorted.
 */
export function plain(line: string): string {
  return line
    .normalize('NFC')
    .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/[\u200B-\u200D\u2060\uFEFF]|\uFE0E|\uFE0F/g, '')
    .replace(/[\u2018\u2019\u201A\u201B\u2032`"\u201C\u201D\u201E\u201F\u2033]/g, "'")
    .replace(/[\u00A0\u2002-\u200A\u3000\t]/g, ' ')
    .replace(/\b0x[0-9a-fA-F]{3,16}\b/g, '0x0')
    .replace(/\bat (?:\.\.\.|…|0x\.\.\.|0x…)(?=>)/g, 'at 0x0')
    .replace(/(?:[A-Za-z]:\\|[~.]?\/|<)?[\w.\\/ -]*[\w-]+(?:\.py|\.md|-input-[\w-]+)>?:\d+/g, 'file:0')
    .replace(/^(?:file:0|\S+:\d+): (?=\w*Warning: )/, '')
    .replace(/<_?\w*(?:Selector|Proactor|Unix|Windows)\w*EventLoop/g, '<EventLoop')
    .replace(/\b(?:__main__|asyncio\.exceptions|asyncio\.locks|concurrent\.futures\._base)\.(?=[A-Z])/g, '')
    .replace(/\{('[^'{}]*'(?:, ?'[^'{}]*')+)\}/g, (_, items: string) => `{${items.split(/, ?/).sort().join(', ')}}`)
    .replace(/ +/g, ' ')
    .trim();
}

/** Signs that stand before every line of a quoted output and are none of it. */
const prefixes = [/^\s*>(?: |$)/, /^\s*[-*•▶]\s/, /^\s*\|\s/, /^\s*#(?: |$)/, /^\s*\/\/\s?/, /^\s*Out\[\d+\]:\s/];

/** Lines without what is put before each of them, and without the commands that led to them. */
export function withoutPrefixes(lines: readonly string[]): string[] {
  const own = lines.map((line) => (/^\s*(?:[$%]|PS [^>]*>|[A-Za-z]:\\[^>]*>|In \[\d+\]:)\s/.test(line) ? '' : line));
  const full = own.filter((line) => line.trim() !== '');
  const prefix = prefixes.find((candidate) => full.length > 0 && full.every((line) => candidate.test(line)));
  return prefix ? own.map((line) => line.replace(prefix, '')) : own;
}

/** A traceback is its last line, a warning its first: the others hold paths and lines of code. */
export function shortTracebacks<Line extends { readonly text: string }>(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  let inside = false;
  let warned = false;
  for (const line of lines) {
    // A warning quotes its line of code, and advises to trace memory.
    if ((warned && /^\s{2}\S/.test(line.text)) || /^RuntimeWarning: Enable tracemalloc/.test(line.text)) continue;
    warned = /\b\w*Warning: /.test(line.text);
    if (/^[\s|+]*(?:Exception Group )?Traceback \(most recent call last\)/.test(line.text)) {
      inside = true;
      continue;
    }
    const frame =
      /^[\s|]*File ["“].*line \d+|^[\s|]*[\^~]+\s*$|^\s{2,}\S|^\s*\.\.\.\s*$|^\s*<?\.{3}|^\s*\[.*\]$/.test(line.text) ||
      line.text.trim() === '';
    if (
      inside &&
      frame &&
      !/^\s*\|?\s*(?:\w+\.)*\w*(?:Error|Exception|Group|Interrupt|Exit|Warning)\b/.test(line.text)
    ) {
      continue;
    }
    inside = false;
    kept.push(line);
  }
  return kept;
}
