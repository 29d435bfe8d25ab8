import { styleText } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import type { VFileMessage } from 'vfile-message';
import { harmless } from './harmless.ts';

/** All that was found in one note. */
export interface FileReport {
  readonly file: string;
  readonly messages: readonly VFileMessage[];
}

type Style = Parameters<typeof styleText>[0];

/** How bad a message is, in words. */
function severityOf({ fatal }: VFileMessage): 'error' | 'warning' | 'info' {
  if (fatal === true) return 'error';
  return fatal === false ? 'warning' : 'info';
}

/**
 * What was found, for people: grouped by file, a line a message (`file:line:column  severity  message  rule`), what the
 * note says and what happened as a diff below it.
 *
 * @param colours Whether the reader is a terminal.
 */
export function readableReport(files: readonly FileReport[], colours: boolean): string {
  const paint = (style: Style, text: string) => (colours ? styleText(style, text) : text);
  const styles = { error: 'red', warning: 'yellow', info: 'blue' } as const;
  const groups = files
    .filter(({ messages }) => messages.length > 0)
    .map(({ file, messages }) => {
      const lines = messages.flatMap((message) => {
        const severity = severityOf(message);
        const place = paint('underline', `${message.file || file}:${message.line ?? 1}:${message.column ?? 1}`);
        const head = `${place}  ${paint(styles[severity], severity)}  ${harmless(message.reason)}  ${paint('dim', message.ruleId ?? '')}`;
        const diff = differences(message).map((line) => `    ${paintDiff(harmless(line), paint)}`);
        return [head, ...diff, ...(message.note ? [`    ${paint('dim', harmless(message.note))}`] : [])];
      });
      return lines.join('\n');
    });
  return [...groups, summary(files)].join('\n\n');
}

function paintDiff(line: string, paint: (style: Style, text: string) => string): string {
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('+') ? paint('green', line) : line;
}

/** The claim and what happened, as a unified diff; none for a message about anything else. */
function differences({ ruleId, actual, expected }: VFileMessage): string[] {
  const [real] = expected ?? [];
  if (!ruleId?.startsWith('claim-') || typeof actual !== 'string' || real === undefined) return [];
  return unified('the note says', 'the block prints', actual, real);
}

/** A unified diff without its line of `=` and its notes about missing line ends. */
export function unified(before: string, after: string, one: string, other: string): string[] {
  return createTwoFilesPatch(before, after, ended(one), ended(other), '', '', { context: 3 })
    .split('\n')
    .filter((line) => !/^={3,}$|^\\ No newline/.test(line))
    .map((line) => line.replace(/\t$/, '').trimEnd())
    .filter((line, n, all) => line !== '' || n < all.length - 1);
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function summary(files: readonly FileReport[]): string {
  const all = files.flatMap(({ messages }) => messages.map(severityOf));
  const count = (severity: string, word: string) => {
    const number = all.filter((other) => other === severity).length;
    return `${number} ${word}${number === 1 || word === 'info' ? '' : 's'}`;
  };
  const notes = `${files.length} note${files.length === 1 ? '' : 's'}`;
  return `${notes}: ${count('error', 'error')}, ${count('warning', 'warning')}, ${count('info', 'info')}`;
}

/** What was found, for tools: `[{file, messages: [{file, line, column, endLine, endColumn, ruleId, severity, …}]}]`. */
export function jsonReport(files: readonly FileReport[]): string {
  const told = files.map(({ file, messages }) => ({
    file,
    messages: messages.map((message) => {
      const place = message.place && 'end' in message.place ? message.place.end : undefined;
      return {
        file: message.file || file,
        line: message.line ?? 1,
        column: message.column ?? 1,
        endLine: place?.line ?? message.line ?? 1,
        endColumn: place?.column ?? message.column ?? 1,
        ruleId: message.ruleId ?? null,
        severity: severityOf(message),
        reason: message.reason,
        actual: message.actual ?? null,
        expected: message.expected ?? null,
        note: message.note ?? null,
        url: message.url ?? null,
      };
    }),
  }));
  return JSON.stringify(told, null, 2);
}
