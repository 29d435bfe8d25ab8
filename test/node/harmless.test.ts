import { expect, test } from 'vitest';
import { harmless } from '../../src/node/harmless.ts';

test('harmless() keeps lines, tabs and letters of any script', () => {
  expect(harmless('차\t차\né')).toBe('차\t차\né');
});

test('harmless() leaves a terminal nothing to obey', () => {
  expect(harmless('\u001b[2J\u0007\u009b1m\u007f')).toBe('␛[2J␇␡1m␡');
});
