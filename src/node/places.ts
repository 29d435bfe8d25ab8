/** Files of exports that lie in folders, by kind; the first group is the deck's name. */
const exported = {
  png: /^([^/]+)\/[^/]+\.png$/,
  webp: /^([^/]+)\/[^/]+\.webp$/,
  svg: /^([^/]+)\/replay\/[^/]+\.svg$/,
  gif: /^([^/]+)\/replay\/[^/]+\.gif$/,
  md: /^([^/]+)-pictures\/[^/]+$/,
} as const;

/** Whether a path of the output folder is the work of an export: `build` leaves it alone. */
export function isExported(path: string): boolean {
  return Object.values(exported).some((pattern) => pattern.test(path));
}

/** Whether it is one that the export of a kind makes of a deck; kinds of one file a deck own no others. */
export function isExportOf(path: string, deck: string, kind: string): boolean {
  const pattern = Object.entries(exported).find(([name]) => name === kind)?.[1];
  return pattern?.exec(path)?.[1] === deck;
}
