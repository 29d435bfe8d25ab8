import { describe, expect, test } from 'vitest';
import { isReceiver, withOwnParameters } from '../../src/browser/address.ts';

/** A page at an address, which may rewrite it or, like a file, may not. */
function fakePage(address: string, { parent, mayRewrite = true }: { parent?: string; mayRewrite?: boolean } = {}) {
  let location = new URL(address);
  const seen: string[] = [];
  const page = {
    get location() {
      const { protocol, origin, pathname, search, hash } = location;
      return { protocol, origin, pathname, search, hash, replace: (to: string) => seen.push(`loads ${to}`) };
    },
    history: {
      state: null,
      replaceState(_: unknown, __: string, to: string) {
        if (!mayRewrite) throw new Error('SecurityError');
        location = new URL(to, location);
      },
    },
    parent: {},
  };
  page.parent = parent === undefined ? page : { location: { origin: parent } };
  const start = () => seen.push(`starts with ${location.search || 'nothing'}`);
  return { page: page as unknown as Window, start, seen, address: () => location.href };
}

describe('withOwnParameters()', () => {
  test('starts at once when there are none', () => {
    const { page, start, seen } = fakePage('https://host/deck/#/a');
    withOwnParameters(page, start);
    expect(seen).toEqual(['starts with nothing']);
  });

  test('hides strangers from the start and puts them back', () => {
    const { page, start, seen, address } = fakePage('https://host/deck/?view=print&from=mail#/a/2');
    withOwnParameters(page, start);
    expect(seen).toEqual(['starts with nothing']);
    expect(address()).toBe('https://host/deck/?view=print&from=mail#/a/2');
  });

  test('loads the page anew where addresses cannot be rewritten', () => {
    const { page, start, seen } = fakePage('file:///deck/index.html?view=print#/a', { mayRewrite: false });
    withOwnParameters(page, start);
    expect(seen).toEqual(['loads /deck/index.html#/a']);
  });

  test('keeps what the speaker view gives to its frames, and nothing else', () => {
    const { page, start, seen } = fakePage('https://host/deck/?receiver&progress=false&width=9', {
      parent: 'https://host',
    });
    withOwnParameters(page, start);
    expect(seen).toEqual(['starts with ?receiver&progress=false']);
  });

  test('keeps nothing for frames of other sites', () => {
    const { page, start, seen } = fakePage('https://host/deck/?receiver&progress=false', { parent: 'https://other' });
    expect(isReceiver(page)).toBe(false);
    withOwnParameters(page, start);
    expect(seen).toEqual(['starts with nothing']);
  });
});
