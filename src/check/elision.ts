/** Ways to say that something was left out. */
const elision =
  /\[(?:\.{3}|…)\]|[<([（［〈]\s*(?:이하\s*)?(?:생략|중략|省略|中略|後略|以下省略|以下略|略|omitted|snip|truncated|gekürzt|omitido|omis)\s*[>)\]）］〉]|\.{3,}|…+|⋯|⋮/gi;

/** Whether a line says only that lines were left out. */
export function isElision(line: string): boolean {
  const rest = line.replace(elision, '').replace(/[\s.:,·~*#/()-]+/g, '');
  const hasElision =
    new RegExp(elision.source, 'i').test(line) || /^\s*(?::|\. \. \.|~{2,}|·{3}|중략|생략)\s*$/.test(line);
  return (
    hasElision &&
    /^(?:and|so|on|more|등|이하|반복|계속|생략|중략|etc|usw|y|así|sucesivamente|\d*줄|lines?|total|\d+)*$/i.test(rest)
  );
}

/**
 * A line as a pattern, where what it leaves out may be anything.
 *
 * @param literal Whether dots are meant as they stand, because the program prints such dots itself.
 * @returns Undefined for a line that leaves nothing out.
 */
export function elisionPattern(line: string, literal: boolean): RegExp | undefined {
  if (literal) return undefined;
  const parts = line.split(elision);
  if (parts.length < 2) return undefined;
  return new RegExp(`^${parts.map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
}
