import type { Manner } from './match.ts';

const anyOrder =
  /순서.{0,20}(?:다르|다를|달라|바뀔|바뀐|무작위|보장되지|보장하지|섞)|(?:order|sequence).{0,30}(?:may|can|might|could|will|not guaranteed|vari|differ|chang|random|arbitrary|nondetermin)|any order|(?:順序|順番).{0,12}(?:異な|変わ|違|保証|不定)|(?:顺序|順序|次序).{0,10}(?:可能|不同|不一|不定|随机|不固定)|Reihenfolge.{0,30}(?:kann|könn|vari|abweich|ander|nicht garantiert|beliebig)|orden.{0,30}(?:pued|varía|variar|distint|cualquier|no está garantizado)|ordre.{0,30}(?:peut|varie|différ|pas garanti|quelconque)/i;
const part =
  /일부|처음\s*\d|앞부분|뒷부분|발췌|중략|excerpt|partial|first (?:few|\d|lines)|last (?:few|\d|lines)|abridged|truncated|shortened|抜粋|一部|部分|节选|節選|摘录|前几|auszug|gekürzt|teilweise|parcial|fragmento|primeras|extrait|partiel|premières/i;
const varies =
  /(?:값|시간|숫자|주소|결과|출력|번호|ID)[은는이가도]?\s?.{0,16}(?:다르|다를|달라|바뀔|바뀐)|실행(?:할\s*때)?\s?마다|매번|환경에\s*따라|컴퓨터에\s*따라|(?:may|might|can|will|could) (?:vary|differ|change)|your (?:output|numbers|times?|values?)|varies|non-?deterministic|実行ごと|実行のたび|毎回|環境によ|異なる場合|每次|因.{0,8}而异|可能(?:会)?(?:不同|有所不同|不一样)|取决于|variier|abweichen|unterschiedlich|bei jedem|varía|puede(?:n)? variar|cada vez|cambia|peut varier|varie|dépend|à chaque/i;

/** What the words around a claim say of how it is to be taken. */
export interface Reservations extends Manner {
  /** Values or the whole output differ from run to run. */
  readonly varies: boolean;
}

/** Reads the words around a claim. */
export function reservations(about: string): Reservations {
  return { anyOrder: anyOrder.test(about), part: part.test(about), varies: varies.test(about) };
}

/** Words in which notes speak of errors on purpose. */
const speaksOfErrors =
  /에러|오류|예외|실패|traceback|errors?\b|exceptions?\b|raises?\b|fails?\b|crash|エラー|例外|失敗|错误|錯誤|异常|異常|报错|失败|fehler|ausnahme|scheitert|excepci[oó]n|falla|erreur|lève|échou/i;

/** Whether a text tells that an error comes. */
export function tellsOfError(text: string): boolean {
  return speaksOfErrors.test(text);
}

/** Whether a text tells that something is of older Pythons. */
export function tellsOfChange(text: string): boolean {
  return /deprecated|removed|legacy|old(?:er)?[- ](?:style|way)|제거|삭제|폐지|사라|옛|예전|구식|이전 방식|구버전|레거시|廃止|非推奨|削除|旧|古い|废弃|弃用|移除|旧版|veraltet|entfernt|alte[nr]? |obsolet|eliminad|antigu|obsolète|supprimé|ancien/i.test(
    text,
  );
}

/** Whether a text tells that a coroutine is not awaited: then the warning is the lesson. */
export function tellsOfNeverAwaited(text: string): boolean {
  return /never awaited|await\s*(?:를|을|가|이)?\s*(?:없이|빠|빼|안|누락|잊|하지)|(?:without|forg[eo]t\w*|missing|no) (?:an? |the )?`?await|not? (?:run|execut|await)|실행되지|실행 안|await\s*(?:せず|しない|なし|を忘れ|がない)|実行され(?:ない|ません)|(?:没有|忘记|忘了|缺少|不加|未)\s*`?await|不会(?:被)?执行|ohne\s+`?await|await`?\s*(?:vergess|fehlt)|nicht ausgeführt|sin\s+`?await|(?:olvid|falta)\w*\s+(?:el\s+)?`?await|sans\s+`?await|oubli\w*\s+(?:le\s+|l')?`?await|coroutine object|코루틴 객체/i.test(
    text,
  );
}
