import { describe, expect, test } from 'vitest';
import { readCommand, readReport, send } from '../../src/browser/messages.ts';

const namespace = 'loopreel-embed';

describe('messages between a page and the replay that it shows', () => {
  test('arrive as they were sent', () => {
    const sent: unknown[] = [];
    const target = { postMessage: (message: unknown) => sent.push(message) } as unknown as Window;
    send(target, { kind: 'seek', to: { mark: 'released' } });
    send(target, { kind: 'step', step: 3, steps: 9, caption: 'A waits.' });
    expect(readCommand(sent[0])).toEqual({ kind: 'seek', to: { mark: 'released' } });
    expect(readReport(sent[1])).toEqual({ kind: 'step', step: 3, steps: 9, caption: 'A waits.' });
  });

  test.each([
    null,
    'play',
    { kind: 'play' },
    { namespace: 'other', kind: 'play' },
    { namespace, kind: 'reload' },
    { namespace, kind: 'seek' },
    { namespace, kind: 'seek', to: Number.NaN },
    { namespace, kind: 'seek', to: { mark: 4 } },
  ])('readCommand() takes %j for none', (data) => {
    expect(readCommand(data)).toBeNull();
  });

  test.each([
    undefined,
    { namespace, kind: 'step', step: '3', steps: 9, caption: '' },
    { namespace, kind: 'height', pixels: -1 },
    { namespace, kind: 'mark' },
    { kind: 'ended' },
  ])('readReport() takes %j for none', (data) => {
    expect(readReport(data)).toBeNull();
  });
});
