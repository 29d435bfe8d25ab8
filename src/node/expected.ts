import type { Block } from '../notes/note.ts';

/** How a block ended. */
interface Ending {
  readonly status: 'ran' | 'raised' | 'skipped' | 'stopped';
  /** `ValueError: …`, the last line of the traceback. */
  readonly error?: { readonly text: string };
  readonly reason?: string;
}

/**
 * Whether a block ended as its fence says with `expect=`: in an exception of that name, in a `deadlock`, or `stopped`
 * by any limit, a deadlock among them. False without `expect=`.
 */
export function endsAsExpected({ meta }: Pick<Block, 'meta'>, { status, error, reason = '' }: Ending): boolean {
  const { expect } = meta;
  if (expect === undefined) return false;
  if (status === 'stopped')
    return expect === 'stopped' || (expect === 'deadlock' && reason.startsWith('every task waits'));
  const name = /^(?:\w+\.)*(\w+)/.exec(error?.text ?? '')?.[1];
  return status === 'raised' && name === expect.split('.').at(-1);
}
