/**
 * Shows a page in the colours that its address asks for: `?scheme=dark` or `light`, on an embed page also behind `#`. Else
 * they are what the page says (`<html data-scheme>`), else what the system prefers; the stylesheet sees to both.
 */
export function takeScheme(page: Window): void {
  const { search, hash } = page.location;
  const asked = new URLSearchParams(search).get('scheme') ?? new URLSearchParams(hash.slice(1)).get('scheme');
  if (asked === 'light' || asked === 'dark') page.document.documentElement.dataset.scheme = asked;
}
