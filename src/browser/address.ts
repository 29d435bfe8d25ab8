/** Parameters that reveal's speaker view gives to the decks in its frames (reveal.js plugin/notes, `setupIframes`). */
const receiverParameters = [
  'receiver',
  'progress',
  'history',
  'transition',
  'autoSlide',
  'backgroundTransition',
  'scrollActivationWidth',
  'postMessageEvents',
  'controls',
];

/** True for a deck that the speaker view shows in a frame. Without a server, origins cannot be compared. */
export function isReceiver(page: Window): boolean {
  if (page.parent === page || !new URLSearchParams(page.location.search).has('receiver')) return false;
  if (page.location.protocol === 'file:') return true;
  try {
    return page.parent.location.origin === page.location.origin;
  } catch {
    return false;
  }
}

/**
 * Runs `start` with an address that holds no parameter but ours: reveal.js takes any for configuration
 * (`getQueryHash`, js/utils/util.ts), `?view=print` or `?postMessage=true` from a stranger's link included. The
 * speaker view's frames keep the ones that it gives them. Afterwards the address is as it was; where a page may not
 * rewrite its address (without a server, in a sandboxed frame) it is loaded anew without them.
 */
export function withOwnParameters(page: Window, start: () => void): void {
  const { pathname, search, hash } = page.location;
  const kept = isReceiver(page) ? ['scheme', ...receiverParameters] : ['scheme'];
  const strangers = [...new URLSearchParams(search).keys()].filter((name) => !kept.includes(name));
  if (strangers.length === 0) {
    start();
    return;
  }
  const own = [...search.slice(1).split('&')].filter((part) => kept.includes(part.split('=')[0] ?? '')).join('&');
  const address = `${pathname}${own ? `?${own}` : ''}`;
  try {
    page.history.replaceState(page.history.state, '', address + hash);
  } catch {
    page.location.replace(address + hash);
    return;
  }
  try {
    start();
  } finally {
    page.history.replaceState(page.history.state, '', pathname + search + page.location.hash);
  }
}
