/** Lines as a quote. */
export function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** Text that a reader unfolds. */
export function folded(summary: string, text: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${text.trim()}\n\n</details>`;
}

/** A text as a fenced block; the fence is longer than any in it. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** What stands before a node on its line, for the lines that are added below: quotes stay, all else is room. */
export function prefixOf(source: string, from: number): string {
  const start = source.lastIndexOf('\n', from - 1) + 1;
  return source.slice(start, from).replace(/[^>\s]/g, ' ');
}

/** Text below a node, with an empty line between. */
export function prefixed(text: string, prefix: string): string {
  return `\n\n${text}`.replaceAll('\n', `\n${prefix}`).replace(/[ \t]+$/gm, '');
}
