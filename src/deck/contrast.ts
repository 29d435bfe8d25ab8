/**
 * Words for the two sides of a comparison, in the languages that notes are written in. Patterns stand in pairs; of
 * `동기` and `비동기`, or `sync` and `async`, one is a part of the other.
 */
const sides: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?<!비)동기(?!화)|\bsync(?:hronous)?\b|(?<!非)同期|同步|\bsynchron\b|s[ií]ncron|\bsynchrone/i,
    /비동기|\basync(?!io)|非同期|异步|asynchron|as[ií]ncron/i,
  ],
  [/(?<!논|넌)블로킹|\bblocking\b(?<!non-blocking)/i, /논\s*블로킹|넌\s*블로킹|비블로킹|\bnon-?blocking\b/i],
  [
    /순차|차례로|\bsequential|\bserial|one by one|逐次|顺序|sequenziell|secuencial|séquentiel/i,
    /동시|병렬|함께|\bconcurrent|\bparallel|together|並行|並列|并发|并行|nebenläufig|concurrente|simultané/i,
  ],
  [
    /나쁜|잘못|틀린|안티|\bbad\b|\bwrong\b|\bincorrect|\bdon'?t\b|悪い|間違|错误|schlecht|falsch|malo|incorrecto|mauvais/i,
    /좋은|올바른|바른|옳은|개선|\bgood\b|\bright\b|\bcorrect|\bbetter\b|\bdo\b|良い|正しい|正确|\bgut|richtig|bueno|correcto|\bbon\b/i,
  ],
  [
    /이전|(?<!직)전(?:에|:|$)|\bbefore\b|\bold\b|改善前|之前|vorher|antes|avant/i,
    /이후|(?<!오)후(?:에|:|$)|\bafter\b|\bnew\b|改善後|之后|nachher|después|après/i,
  ],
  [
    /없이|없는|\bwithout\b|なし|没有|\bohne\b|\bsin\b|\bsans\b/i,
    /(?:으로|로|과|와)\s*함께|있는|\bwith\b|あり|\bmit\b|\bcon\b|\bavec\b/i,
  ],
];

const versus = /^(?:.*[:：]\s*)?(?:[\dA-Z]{1,2}(?:[-.]\d+)*[.)]\s*)?(.+?)\s+(?:vs\.?|versus|gegen|contra|대)\s+(.+?)$/i;

/**
 * Whether two headings are the sides of one comparison.
 *
 * @param above The heading that both stand under: `gather vs TaskGroup` makes a pair of what is headed so.
 */
export function areContrasted(first: string, second: string, above: string): boolean {
  const between = (one: RegExp, other: RegExp) =>
    one.test(first) && other.test(second) && !(one.test(second) && other.test(first));
  if (sides.some(([one, other]) => between(one, other) || between(other, one))) return true;
  const [, left, right] = versus.exec(above.replaceAll('`', '')) ?? [];
  if (left === undefined || right === undefined) return false;
  const has = (text: string, name: string) => text.toLowerCase().includes(name.toLowerCase());
  return (has(first, left) && has(second, right)) || (has(first, right) && has(second, left));
}
