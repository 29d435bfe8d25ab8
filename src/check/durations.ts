/** A number of seconds that a text states. */
export interface Duration {
  readonly seconds: number;
  /** "약", "about", "~": not meant to the digit. */
  readonly about: boolean;
  /** Seconds that its last digit stands for: of "3초" 1, of "0.25 s" 0.01, of "2분" 60; of whole tens half of ten. */
  readonly precision: number;
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
      precision: unit[1] * (/^[1-9]\d*0$/.test(part[0]) ? 5 : 10 ** -(part[0].split(/[.,]/)[1] ?? '').length),
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

/**
 * Whether a real time is what a stated one says: within 5 %, and where it says "about", within what rounding to its last
 * digit loses, but never a quarter off. So "about 6 seconds" is said of 5.5 s and not of 5 s.
 */
export function isStated({ seconds, about, precision }: Duration, real: number): boolean {
  const [apart, larger] = [Math.abs(seconds - real), Math.max(seconds, real)];
  if (!about) return apart <= Math.max(0.06, 0.05 * larger);
  return apart <= Math.max(0.1, Math.min(0.25 * larger, precision / 2 + 0.05 * larger));
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
/** "3초 후에 결과가 나온다", "after 3 seconds the program ends": an end that comes after so long. */
const ends =
  /^\s?(?:초|秒(?:钟|間)?)\s*(?:후|뒤|後|后)(?:에야?|に|、|，|,)?.{0,14}(?:끝|완료|종료|출력|나온|나옵|나와|얻|반환|돌아|終わ|完了|終了|表示|出力|返|得|结束|完成|结果|返回|打印|输出|显示)|^\s?(?:seconds?|s)\b,?(?:\s\S+){0,4}?\s(?:ends?|finish\w*|done|exits?|complet\w*|prints?|returns?|appears?|results?)\b|^\s?Sekunden?\b(?:\s\S+){0,4}?\s(?:endet|fertig|zu Ende|erscheint|beendet)|^\s?segundos?\b,?(?:\s\S+){0,4}?\s(?:termina|acaba|finaliza|aparece|imprime)/i;
/** What must stand before such a time where its word does not follow it. */
const afterward = /(?:after|nach|tras|después de|a los)\s+(?:about\s+|around\s+|etwa\s+|unos\s+|rund\s+)?$/i;

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
  const behind = text.slice(duration.end);
  const end = ends.test(behind) && (/^\s?[초秒]/.test(behind) || afterward.test(text.slice(0, duration.start)));
  return end || takes.test(near) ? { duration, total: false } : undefined;
}
