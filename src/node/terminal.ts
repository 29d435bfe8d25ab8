import { SingleBar } from 'cli-progress';
import type { VFileMessage } from 'vfile-message';
import type { Effects, Stage } from './effects.ts';
import { harmless } from './harmless.ts';

const labels: Record<Stage, string> = {
  record: 'running examples',
  draw: 'drawing',
  print: 'printing',
  inspect: 'looking at slides',
  photograph: 'photographing slides',
};

/**
 * The terminal as the door of a command: results to standard output, everything else to standard error. A bar is
 * drawn on a terminal only; a pipe stays quiet.
 */
export function terminal(): Effects & { close(): void } {
  let bar: SingleBar | undefined;
  let shown: Stage | undefined;

  /** The bar makes room for a line. */
  const close = () => {
    bar?.stop();
    bar = undefined;
    shown = undefined;
  };

  return {
    print(text) {
      close();
      process.stdout.write(`${text}\n`);
    },
    problem(text) {
      close();
      process.stderr.write(`loopreel: ${harmless(text)}\n`);
    },
    messages(path, messages) {
      if (messages.length === 0) return;
      close();
      process.stderr.write(`${harmless(formatMessages(path, messages))}\n`);
    },
    progress(stage, done, total) {
      if (!process.stderr.isTTY || total === 0) return;
      if (shown !== stage) {
        close();
        shown = stage;
        bar = new SingleBar({
          format: `${labels[stage]} {bar} {value}/{total}`,
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
        });
        bar.start(total, done);
      }
      bar?.update(done);
      if (done === total) close();
    },
    close,
  };
}

/** `path:line:column  message  rule`, one a line, with what to do below it. */
function formatMessages(path: string, messages: readonly VFileMessage[]): string {
  return messages
    .map((message) => {
      const place = `${message.file || path}:${message.line ?? 1}:${message.column ?? 1}`;
      const kind = message.fatal ? 'error' : 'warning';
      const fix = message.note ? `\n  ${message.note}` : '';
      return `${place}: ${kind}: ${message.reason} (${message.ruleId ?? 'loopreel'})${fix}`;
    })
    .join('\n');
}
