/** The name by which a heading is linked to: lower case, no signs, a hyphen for each blank (github-slugger's rule). */
export function anchorOf(text: string): string {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-')
      // Signs at the ends, an emoji for example, leave hyphens, which authors leave out.
      .replace(/^-+|-+$/g, '')
  );
}
