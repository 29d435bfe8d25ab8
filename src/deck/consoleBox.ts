import { h } from 'hastscript';
import { type Box, type Fit, remembered } from './box.ts';
import { geometry, leastCodeLine } from './geometry.ts';
import type { Measure } from './show.ts';

/** The same as a code's, so that both line up beside and below each other. */
const padX = geometry.codePadX + geometry.borderWidth;
const labelColumns = 9;

/**
 * An output as a dark card: what a block printed, or what the note says that it prints.
 *
 * @param text The output without its last newline.
 * @param label Stands in the corner; a long one gets a line of its own.
 * @param optional See {@link Box}.
 */
export function consoleBox(text: string, label: string, measure: Measure, optional: boolean): Box {
  const lines = text.split('\n');
  const emWidths = lines.map((line) => measure(line.replaceAll('\t', '    '), 'mono'));
  const sizeOf = (fit: Fit) => geometry.code * fit.code.scale;
  const lineHeight = (fit: Fit) => fit.code.spacing.codeLine * sizeOf(fit);
  const corner = measure(label, 'sans') <= labelColumns / 2;
  // The label sits at the right end of the first line.
  const reserved = corner ? measure(label, 'sans') * geometry.labelSize + 24 : 0;
  const head = corner ? 0 : geometry.labelSize * 1.6;
  const frame = (fit: Fit) => head + 2 * fit.code.spacing.codePadY + 2 * geometry.borderWidth;
  const rows = (width: number, fit: Fit) =>
    emWidths.map((em, n) => {
      const room = (width - 2 * padX - (n === 0 ? reserved : 0)) / sizeOf(fit);
      return Math.max(1, Math.ceil(em / room - 1e-6));
    });
  return remembered({
    kind: 'output',
    atLeast: lines.length * leastCodeLine,
    optional,
    naturalWidth: (fit) =>
      emWidths.reduce((most, em, n) => Math.max(most, em * sizeOf(fit) + (n === 0 ? reserved : 0)), 0) + 2 * padX + 2,
    height: (width, fit) => rows(width, fit).reduce((sum, n) => sum + n, 0) * lineHeight(fit) + frame(fit),
    draw: () =>
      h('figure', { class: ['console-card', ...(corner ? ['corner'] : [])] }, [
        h('figcaption', label),
        h('pre', h('samp', text)),
      ]),
    split: (width, fit, room) => {
      let used = frame(fit);
      let fitting = 0;
      for (const n of rows(width, fit)) {
        used += n * lineHeight(fit);
        if (used > room) break;
        fitting++;
      }
      if (fitting === 0 || fitting >= lines.length) return undefined;
      const part = (from: number, to?: number) =>
        consoleBox(lines.slice(from, to).join('\n'), label, measure, optional);
      return [part(0, fitting), part(fitting)];
    },
  });
}

/**
 * A line on what became of a block: `error` in a red frame, `remark` discreet.
 *
 * @param label What happened, `3행에서 예외`.
 * @param text The error or the reason.
 */
export function statusBox(tone: 'error' | 'remark', label: string, text: string, measure: Measure): Box {
  const size = geometry.statusSize;
  const inset = tone === 'error' ? 2 * padX : 30;
  const lines = (width: number) => {
    const room = (width - inset) / size;
    if (tone === 'remark') return Math.ceil((measure(`${label}: ${text}`, 'sans') * 1.04) / room);
    const error = text.split('\n').map((line) => Math.max(1, Math.ceil((measure(line, 'mono') * 1.06) / room)));
    return error.reduce((sum, n) => sum + n, 0);
  };
  return remembered({
    kind: tone,
    naturalWidth: () => 0,
    height: (width) =>
      tone === 'error' ? lines(width) * size * 1.4 + geometry.labelSize * 1.5 + 42 : lines(width) * size * 1.4,
    draw: () =>
      tone === 'error'
        ? h('div', { class: 'status error' }, [h('p', { class: 'status-label' }, label), h('pre', h('samp', text))])
        : h('p', { class: 'status remark' }, [
            h('span', { class: 'status-label' }, `${label}:`),
            ' ',
            // What stands between backticks is code.
            ...text.split('`').map((piece, n) => (n % 2 ? h('code', piece) : piece)),
          ]),
  });
}
