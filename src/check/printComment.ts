import { isLibraryMessage } from './libraryMessages.ts';
import { plain } from './plain.ts';
import { likeness, skeleton, tokens } from './tokens.ts';

/** What is known of a comment behind a `print` when it is not what was printed. */
export interface PrintComment {
  readonly text: string;
  /** Whether a word or an arrow marks it, or an arrow behind a call of a function that prints. */
  readonly marked: 'word' | 'arrow' | 'call' | undefined;
  /** What the print shows where it shows one value alone: a caught error, a name, any other. */
  readonly shows: 'error' | 'name' | 'value' | undefined;
  /** What each call of that `print` printed. */
  readonly calls: readonly string[];
  /** Every line that the block printed. */
  readonly printed: ReadonlySet<string>;
  /** Texts that stand in quotes in the block's code. */
  readonly literals: ReadonlySet<string>;
  /** Names of the block's functions. */
  readonly functions: ReadonlySet<string>;
  /** Bare numbers in the block's comments, in order: those of footnotes count up and stand behind any line. */
  readonly numbers: readonly { readonly value: number; readonly prints: boolean; readonly true: boolean }[];
  /** How many other bare comments behind a `print` of the block are what was printed, and how many are not. */
  readonly others: { readonly true: number; readonly false: number };
}

const noOutput =
  /^(?:type:|noqa|pragma|pylint|mypy|todo|fixme|xxx|hack|!mark|nosec|fmt:|[①-⓿❶-❿➀-➓㉠-㉻]|<\d+>|\(\d+\)!?|\[\^?\d+\]!|step \d|\d+[.)]\s|NOTE\b|주의|참고|중요)/iu;
const value =
  /^(?:[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?j?|b?(['"]).*\1|\[.*\]|\(.*,.*\)|\{.*\}|True|False|None|NotImplemented|Ellipsis|<[A-Za-z_].*>|[A-Za-z_][\w.]*(?:Error|Exception|Group|Warning|Interrupt)?\(.*\)|(?:set|frozenset|deque|range|Counter|OrderedDict|defaultdict|datetime|timedelta)[\w.]*\(.*\)|[-+]?\d[\d.]*(?:(?:,\s*|\s+)[-+]?\d[\d.]*)+)$/s;

/** A value and the remark behind it: `3 (1 + 2)`, `True  ← always`. */
const remark = /\s*(?:[(（←⟵]|<-|—|–|\s-\s|\s\/\/|\s#|\s\s).*$/s;
const sentence =
  /(?:니다|어요|아요|해요|세요|한다|된다|이다|있다|없다|않다|온다|난다|간다|진다|는다|ㄴ다|았다|었다|했다|됐다|음|됨|함|임|기|것|때문|순서|대신|이후|이전|즉시|먼저|나중|여기서?|다음)[.!~)]*$|(?:です|ます|ない|する|した|れる|される|こと|ため|から)[。.!]*$|[。]$|(?:的|了|会|不会|时|后|前|的话|执行|打印)[。.!]*$|\b(?:is|are|was|will|would|should|must|the|this|that|because|never|only|always|still|first|last|then|when|after|before|until|here|not|runs?|waits?|prints?|ist|wird|nicht|zuerst|dann|nach|erst|immer|es|se|aquí|primero|después|antes|no|siempre|est|ne|pas|d'abord|après|avant|toujours|ici)\b/iu;

/** Whether a text reads as prose, not as something that a program prints. */
function isSentence(text: string): boolean {
  return sentence.test(text);
}

/** Whether a comment that is not what was printed was yet meant as it: only then is it false. */
export function isMeantAsOutput(comment: PrintComment): boolean {
  const { marked, calls, printed, literals, others } = comment;
  const text = comment.text.trim();
  if (noOutput.test(text) && !(marked && /^<\d+>\s*\S/.test(text))) return false;
  if (/^\d{1,2}$/.test(text) && marked === undefined) return !isFootnote(comment);
  const lead = text.replace(remark, '');
  if (value.test(text)) return fitsKind(text, calls, marked !== undefined);
  if (lead !== text && value.test(lead) && !/^[-+\d]/.test(lead)) return fitsKind(lead, calls, marked !== undefined);
  if (lead !== text && /^[-+]?\d+(?:\.\d+)?$/.test(lead) && calls.some((call) => /^[-+]?\d/.test(call))) return true;
  const said = plain(text);
  const real = calls.map(plain);
  if (/\d/.test(said) && real.some((call) => skeleton(call) === skeleton(said))) return true;
  const likest = Math.max(0, ...real.map((call) => likeness(call, said)));
  const prose = isSentence(text) && !calls.some((call) => isSentence(call));
  if (marked === 'word') return !prose || likest >= 0.5;
  if (marked === 'call') {
    // What a function puts before every text is no word of the author's: `[log] end` for `[log] start`.
    const begins = real.some((call) => tokens(call)[0] === tokens(said)[0]);
    return begins && likest >= (prose ? 0.6 : 0.5);
  }
  if (marked === undefined && isAnotherOf(comment, likest)) return true;
  if (printed.has(said) || (literals.has(text) && text.length > 1 && !prose)) return !prose;
  if (prose) return false;
  const sameShape = real.some((call) => tokens(call).length === tokens(said).length);
  if (sameShape && tokens(said).length > 1 && likest >= 0.5) return true;
  if (marked === 'arrow') return likest >= 0.3 || (tokens(said).length <= 2 && sameShape);
  return others.true >= 2 && others.false === 0 && sameShape;
}

/** Words that say what a value is, and are none. */
const remarkWord =
  /^(?:err(?:or)?s?|exc(?:eption)?s?|message|msg|text|reason|caught|handled|raised|value|result|output|return(?:ed)?|name|type|same|done|ok(?:ay)?|yes|no|why|here|now|nothing|empty|timeout|timed|cancel\w*|fail\w*|works?|coroutine|task|future|default|unique|custom|own|main|optional|debug|log\w*|wrong|right|correct|surprise|oops|boom!|auto\w*|generated|current|parent|child|class|function|string|number|Fehler\w*|Ausnahme|Meldung|Wert|Ergebnis|Ausgabe|abgefangen|mensaje|excepci[oó]n|valor|resultado|capturad[oa]|nombre|erreur|message|valeur|résultat|nom)$/i;

/**
 * Whether a bare comment behind a print of one value alone is another value of that kind: another message of an error,
 * another name. A word may as well tell what the value is, so it must look like what was printed and not like that.
 */
function isAnotherOf({ text, shows, calls, others, literals, functions }: PrintComment, likest: number): boolean {
  const [said, real] = [plain(text), plain(calls[0] ?? '')];
  if (shows === undefined || calls.length !== 1 || script(said) !== script(real)) return false;
  if (shows === 'error' && !real.includes(said) && (isLibraryMessage(text) || likest >= 0.5)) return true;
  const words = [tokens(said), tokens(real)].map((all) => all.filter((word) => /[\p{L}\d]/u.test(word)));
  const [ours = [], theirs = []] = words;
  if (shows === 'name') {
    const [a, b] = [said.toLowerCase(), real.toLowerCase()];
    if (ours.length > 2 || /\s/.test(said) || a.includes(b) || b.includes(a)) return false;
    const alike = literals.has(real) && /^\p{Lu}/u.test(said) === /^\p{Lu}/u.test(real) && !remarkWord.test(said);
    const kinds = [said, real].every((name) => /^[A-Z]\w*(?:Error|Exception|Group|Warning|Interrupt|Exit)$/.test(name));
    return functions.has(said) || /\d/.test(said) || kinds || alike;
  }
  const short = ours.length <= 2 && ours.length === theirs.length && tokens(said).length === tokens(real).length;
  if (!short || ours.some((word) => remarkWord.test(word)) || isSentence(text)) return false;
  return shows === 'error' ? script(said) === 'latin' : others.true >= 1 && others.false === 0;
}

function script(text: string): 'latin' | 'other' | 'mixed' {
  const [latin, other] = [/[A-Za-z]/.test(text), /[^\x00-\u024f\u2000-\u206f]/.test(text)];
  return latin && other ? 'mixed' : other ? 'other' : 'latin';
}

/** A value is a claim about a value; a bare word in quotes is not accused where a sentence was printed. */
function fitsKind(text: string, calls: readonly string[], marked: boolean): boolean {
  if (marked || !/^[A-Za-z_][\w.]*\(/.test(text)) return true;
  // `print(x)  # len(x)` tells what x is; an exception's repr is an output.
  return (
    /^(?:\w*(?:Error|Exception|Group|Warning)|set|frozenset|deque|range|Counter|datetime\.\w+)\(/.test(text) &&
    calls.length > 0
  );
}

function isFootnote({ text, calls, numbers }: PrintComment): boolean {
  if (numbers.some(({ prints }) => !prints)) return true;
  const counting =
    numbers.length > 1 && numbers.every(({ value }, n) => n === 0 || value === (numbers[n - 1]?.value ?? 0) + 1);
  if (counting && !numbers.some((number) => number.true)) return true;
  return !calls.some((call) => call.trim() !== text && /^(?:[-+]?[\d.]+|[<[({].*|None|True|False)$/s.test(call.trim()));
}
