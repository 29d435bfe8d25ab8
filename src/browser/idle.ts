/** Does something when there is nothing else to do, within two seconds at most. Safari has no `requestIdleCallback`. */
export function whenIdle(action: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(action, { timeout: 2000 });
  else setTimeout(action, 300);
}
