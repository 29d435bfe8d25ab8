/** A number of seconds that a text states. */
export interface Duration {
  readonly seconds: number;
  /** "약", "about", "~": not meant to the digit. */
  readonly about: boolean;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:밀리초|ミリ秒|毫秒|msecs?\b|ms\b|milli(?:second|sekund|segund|second)\w*)/i, 0.001],
  [/^(?:분(?![석류리야])|分(?:钟|間)?|minutes?\b|min\b|minuten?\b|minutos?\b)/i, 60],
  [/^(?:초|秒(?:钟|間)?|seconds?\b|secs?\b|sekunden?\b|segundos?\b|secondes?\b|s\b)/i, 1],
];

/** The durations that a text states, in its order. Ranges ("1~3초") and rates ("초당 3") are none. */
export function durationsIn(text: string): Duration[] {
  const found: Duration[] = [];
  for (const part of text.matchAll(/\d+(?:[.,]\d+)?/g)) {
    const before = text.slice(0, part.index);
    const after = text.slice(part.index + part[0].length);
    if (/[A-Za-z\d_.\]-]$/.test(before)) continue;
    if (/\d\s*[~∼–—-]\s*$/.test(before) || /^\s*[~∼–—-]\s*\d/.test(after)) continue;
    const unit = units.find(([pattern]) => pattern.test(after.replace(/^[\s-]/, '')));
    if (!unit) continue;
    const rest = after.replace(/^[\s-]/, '').replace(unit[0], '');
    if (/^\s*(?:당|마다|あたり|ごと|每|per\b|\/)/.test(rest)) continue;
    found.push({
      seconds: Number(part[0].replace(',', '.')) * unit[1],
      about:
        /(?:약|대략|거의|정도|about|around|roughly|approx\w*\.?|~|≈|nearly|almost|just over|約|およそ|ほぼ|约|大约|大概|etwa|ungefähr|rund|circa|ca\.|knapp|aproximadamente|unos|casi|cerca de|environ|presque|à peu près)\s*$/i.test(
          before,
        ) || /^\s*(?:정도|쯤|가량|남짓|ほど|くらい|ぐらい|程度|左右|上下)/.test(rest),
      start: part.index,
      end: part.index + part[0].length,
    });
  }
  return found;
}

/** Whether a real time is what a stated one says. */
export function isStated({ seconds, about }: Duration, real: number): boolean {
  const slack = about ? 0.25 * Math.max(seconds, real) : 0.05 * Math.max(seconds, real);
  return Math.abs(seconds - real) <= Math.max(about ? 0.15 : 0.06, slack);
}

const later =
  /후|뒤|지나|경과|後|later|after|passes|passed|pass\b|elapse|wait|pause|대기|기다|멈|쉼|待|经过|過|之后|以后|nach|später|warten|después|más tarde|espera|après|plus tard|attend|delay|sleep|block/i;

/** A remark of the author's about time inside of an output: `(2초 후)`, `... 1 second later ...`. */
export interface TimeMark {
  /** The line without the mark; empty when the mark stands alone. */
  readonly rest: string;
  readonly duration: Duration;
}

/** Reads a time mark of a claim's line; undefined when it has none. */
export function readTimeMark(line: string): TimeMark | undefined {
  const bracketed = /[(（[［<【]([^()（）[\]［］<>【】]*)[)）\]］>】]/g;
  for (const found of line.matchAll(bracketed)) {
    const mark = markIn(found[1] ?? '');
    if (mark)
      return { rest: (line.slice(0, found.index) + line.slice(found.index + found[0].length)).trim(), duration: mark };
  }
  const bare = /^\s*(?:[-=~*#.…·─]{1,}|\/\/|#)\s*(.+?)\s*(?:[-=~*#.…·─]{1,}\s*)?$/.exec(line)?.[1];
  const mark = bare === undefined ? undefined : markIn(bare);
  return mark ? { rest: '', duration: mark } : undefined;
}

function markIn(text: string): Duration | undefined {
  const found = durationsIn(text);
  const alone = /^\s*(?:t\s*=\s*|[+~@])?\d+(?:[.,]\d+)?\s?(?:초|秒|s|sec|seconds?)\s*$/i.test(text);
  return text.length <= 40 && found.length === 1 && (alone || later.test(text)) ? found[0] : undefined;
}

/** Words that speak of what would be, of another program, or of a part: such a time is no promise about the block. */
const elsewhere =
  /아니라|아닌|대신|라면|였다면|았다면|었다면|한다면|하면|만약|없이|없었|보다|대비|단축|절약|순차|차례|동기적|각각|각 |마다|씩|최소|최대|이상|이하|이내|넘|까지|원래|실제로는|제한|타임아웃|\bnot\b|n't\b|instead|rather|without|would|could|if\b|than\b|sequential|one after|each\b|every\b|at least|at most|up to|within|limit|timeout|per\b|ではな|なら|もし|逐次|順番|それぞれ|ずつ|以上|以下|以内|だった|よりも|タイムアウト|如果|而不是|不是|顺序|串行|每个|各|至少|最多|超时|否则|nicht|statt|wenn|würde|hätte|ohne|nacheinander|jede[rsn]?\b|mindestens|höchstens|maximal|als\b|lugar de|si\b|sería|sin\b|cada\b|secuencial|como (?:mínimo|máximo)|au lieu|sinon|serait|sans\b|chaque|séquentiel|au (?:moins|plus)|vs\.?\b/i;

const total =
  /총|전체|합계|통틀|모두\s*(?:합|해서)|\btotal(?:ly|e|es)?\b|overall|altogether|in all\b|合計|全部で|全体で|トータル|总共|总计|一共|总耗时|总用时|总时间|共计|共(?=\s*\d)|insgesamt|gesamt|en total|au total/i;
const takes =
  /걸[려린립림렸]|소요|만에\s*(?:끝|완료)|\b(?:takes?|took|finish(?:es|ed)?|completes?|runs?|lasts?|elapsed)\b|かか[るりっ]|で(?:終わ|完了)|所要|耗时|用时|花费|需要|用了|完成|dauert|braucht|fertig|tard[aóe]|dura|demora|prend|dure|met\b/i;

/** What a sentence promises about the whole run: `총 6초`, `takes about 2 seconds`. */
export interface StatedTotal {
  readonly duration: Duration;
  /** Whether it says that it is the total, not only that something takes so long. */
  readonly total: boolean;
}

/** Reads a comment or a sentence that says how long the block takes; undefined when it speaks of something else. */
export function readStatedTotal(text: string): StatedTotal | undefined {
  const found = durationsIn(text);
  const [duration, ...others] = found;
  if (!duration || others.length > 0 || elsewhere.test(text)) return undefined;
  const near = text.slice(Math.max(0, duration.start - 40), duration.end + 24);
  if (total.test(near)) return { duration, total: true };
  return takes.test(near) ? { duration, total: false } : undefined;
}

const waiting =
  /^(?:약\s*|about\s+|for\s+|wait(?:s|ing)?\s+(?:for\s+)?|sleep(?:s|ing)?\s+(?:for\s+)?|pause(?:s)?\s+(?:for\s+)?|simulates?\s+|等待\s*|休眠\s*|睡眠\s*|模拟\s*|espera(?:r)?\s+|pausa(?:\s+de)?\s+|attend(?:re)?\s+|pause\s+(?:de\s+)?|wartet?\s+)?#(?:\s*(?:동안|간|間|钟|の)?\s*(?:대기|기다림|기다린다|기다립니다|쉼|쉰다|잠|멈춤|멈춘다|블로킹|일시\s*정지|sleep|wait|delay|pause|待つ|待機|待ち|スリープ|停止|等待|休眠|延迟|warten|Pause|schlafen|de espera|de pausa|d'attente|de pause))?\s*[.!]?$/i;

/** What a comment behind a `sleep(…)` says of its length, where it says nothing else: `2초 대기`, `wait 2 seconds`. */
export function readStatedSleep(comment: string): Duration | undefined {
  const plain = comment.replace(/\s*[(（][^)）]*[)）]\s*/g, ' ').trim();
  const [duration, ...others] = durationsIn(plain);
  if (!duration || others.length > 0) return undefined;
  const unit = /^[\s-]?(?:밀리초|ミリ秒|毫秒|초|秒|[A-Za-z]+)/.exec(plain.slice(duration.end))?.[0] ?? '';
  const shape = `${plain.slice(0, duration.start)}#${plain.slice(duration.end + unit.length)}`;
  return waiting.test(shape.replace(/^(?:약|約|约|etwa|environ|unos|about|~)\s*#/, '#')) ? duration : undefined;
}
