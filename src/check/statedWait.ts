import { type Duration, durationsIn } from './durations.ts';

/** `2초 대기`, `wait for 2 seconds`: the whole comment; `#` stands for the duration. */
const waiting =
  /^(?:약\s*|about\s+|for\s+|wait(?:s|ing)?\s+(?:for\s+)?|sleep(?:s|ing)?\s+(?:for\s+)?|pause(?:s)?\s+(?:for\s+)?|simulates?\s+|等待\s*|休眠\s*|睡眠\s*|模拟\s*|espera(?:r)?\s+|pausa(?:\s+de)?\s+|attend(?:re)?\s+|pause\s+(?:de\s+)?|wartet?\s+)?#(?:\s*(?:동안|간|間|钟|の)?\s*(?:대기|기다림|기다린다|기다립니다|쉼|쉰다|잠|멈춤|멈춘다|블로킹|일시\s*정지|sleep|wait|delay|pause|待つ|待機|待ち|スリープ|停止|等待|休眠|延迟|warten|Pause|schlafen|de espera|de pausa|d'attente|de pause))?\s*[.!]?$/i;

/** `2초 후 재개`, `resumes after 2 seconds`. */
const waking =
  /^#\s*(?:후|뒤|있다가|後|后)(?:에|で|に|、|，|,)?\s*(?:다시\s*)?(?:깨|일어|재개|계속|이어|돌아|起き|目を覚|再開|戻|続|醒|恢复|继续|唤醒)|^(?:wakes?(?: up)?|resumes?|continues?|(?:comes|is) back|goes on)\s+(?:after|in)\s+#$|^(?:wacht|geht|läuft)\s+(?:erst\s+)?nach\s+#\s+(?:wieder\s+)?(?:auf|weiter)|^(?:se\s+)?(?:despierta|reanuda|continúa|sigue)\s+(?:tras|después de|a los|en)\s+#/i;

/** `2초 후 타임아웃`, `times out after 2 seconds`, `at most 2 seconds`. */
const expiring =
  /#\s*(?:후|뒤|만|안)?(?:에|이면|이 지나면|면|で|に|が経つと)?\s*[,、，]?\s*(?:후|뒤|後|后)?(?:에|で|に)?\s*(?:타임\s?아웃|시간\s?(?:초과|제한)|제한\s?시간|취소|중단|포기|タイムアウト|時間切れ|打ち切|キャンセル|制限|超时|超時|取消|放弃)|(?:times?\s?out|gives? up|cancel(?:s|led|ed)?|expires?|timeout|limit|deadline)\s*(?:after|in|of|at|is|:|=)?\s*(?:about\s+)?#|#[\s-]*(?:timeout|time limit|deadline)|(?:타임\s?아웃|제한\s?시간|시간\s?제한|タイムアウト|制限時間|超时(?:时间)?|超時)\s*(?:은|は|为|是)?\s*[:：=]?\s*#|(?:최대|最大|最多|最長|最长|at most|no more than|up to|höchstens|maximal|como máximo|máximo|au plus)\s*#|(?:Zeitlimit|Abbruch|Timeout|bricht)\s*(?:nach|von|:)?\s*#|nach\s+#\s+(?:abgebrochen|Abbruch|Schluss|Timeout)|(?:tiempo límite|límite|caduca|expira|se cancela)\s*(?:de|a los|tras|después de|:)?\s*#/i;

/** Calls that wait, with the seconds that stand in them, and the comments that speak of just these. */
const calls: readonly { readonly call: RegExp; readonly shapes: readonly RegExp[]; readonly name: string }[] = [
  { call: /\bsleep\(\s*(\d+(?:\.\d+)?)\s*[,)]/g, shapes: [waiting, waking], name: 'waits' },
  {
    call: /\b(?:wait_for\(.*(?:,\s*|\btimeout\s*=\s*)|timeout\(\s*|wait\(.*\btimeout\s*=\s*)(\d+(?:\.\d+)?)\s*\)/g,
    shapes: [expiring],
    name: 'gives up after',
  },
];

/** What a comment says of the one wait of the line that it stands behind. */
export interface StatedWait {
  readonly duration: Duration;
  /** Seconds that the call itself names. */
  readonly real: number;
  /** What the call does after that time: `waits`, `gives up after`. */
  readonly does: string;
}

/**
 * Reads what a comment behind a `sleep(…)`, a `wait_for(…)` or a `timeout(…)` says of its length, where it speaks of
 * nothing else: `2초 대기`, `wait 2 seconds`, `60초 후 타임아웃`.
 */
export function readStatedWait(code: string, comment: string): StatedWait | undefined {
  const plain = comment.replace(/\s*[(（][^)）]*[)）]\s*/g, ' ').trim();
  const [duration, ...others] = durationsIn(plain);
  if (!duration || others.length > 0) return undefined;
  const unit = /^[\s-]?(?:밀리초|ミリ秒|毫秒|초|秒(?:钟|間)?|[A-Za-z]+)/.exec(plain.slice(duration.end))?.[0] ?? '';
  const shape = `${plain.slice(0, duration.start)}#${plain.slice(duration.end + unit.length)}`.replace(
    /(?:약|約|约|大约|etwa|environ|unos|about|~)\s*#/,
    '#',
  );
  const [told, ...more] = calls
    .filter(({ shapes }) => shapes.some((pattern) => pattern.test(shape)))
    .flatMap(({ call, name }) => [...code.matchAll(call)].map(([text, real]) => ({ text, real, name })));
  // `wait_for(job(1, 2), limit)`: the 2 is the inner call's.
  const opened = told?.text.split('(').length;
  const whole = told?.name === 'waits' || opened === told?.text.split(')').length;
  if (!told || more.length > 0 || !whole) return undefined;
  return { duration, real: Number(told.real), does: told.name };
}
