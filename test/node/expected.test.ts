import { describe, expect, test } from 'vitest';
import { endsAsExpected } from '../../src/node/expected.ts';

const deadlock = { status: 'stopped', reason: 'every task waits and nothing can wake one: Task-1' } as const;
const limit = { status: 'stopped', reason: 'it printed more than 1 MB' } as const;
const raised = { status: 'raised', error: { text: 'asyncio.exceptions.TimeoutError: late' } } as const;
const ran = { status: 'ran' } as const;

describe('expect=', () => {
  test.each([
    ['TimeoutError', raised, true],
    ['asyncio.TimeoutError', raised, true],
    ['ValueError', raised, false],
    ['ValueError', ran, false],
    ['deadlock', deadlock, true],
    ['deadlock', limit, false],
    ['deadlock', ran, false],
    ['stopped', limit, true],
    ['stopped', deadlock, true],
    ['stopped', raised, false],
    [undefined, raised, false],
    [undefined, deadlock, false],
  ] as const)('%s of %o is met: %s', (name, ending, met) => {
    expect(endsAsExpected({ meta: name === undefined ? {} : { expect: name } }, ending)).toBe(met);
  });
});
