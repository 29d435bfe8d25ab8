/** How notes announce an output, in seven languages; each language one line. */
const outputWord = new RegExp(
  [
    '출력|실행\\s*(?:결과|흐름|예시)|결과|콘솔|화면에',
    '\\b(?:outputs?|prints?|printed|results?|stdout|console|expected|terminal)\\b',
    '出力|実行(?:結果|例)|結果|表示|コンソール',
    '输出|輸出|(?:运行|执行|運行|執行)结果|结果|打印|控制台|終端|终端',
    '\\b(?:Ausgaben?|Ergebnis(?:se)?|Konsole)\\b',
    '\\b(?:salidas?|resultados?|imprime|consola)\\b',
    '\\b(?:sorties?|affich(?:e|age)|console)\\b|résultats?',
  ].join('|'),
  'i',
);

/** Words that announce one only with a colon behind them: "나온다:", "you will see:". */
const showing =
  /(?:나온다|나옵니다|나와요|보인다|보입니다|같다|같습니다|다음과\s*같이.*|you(?:'ll| will)?\s+(?:see|get)|shows?|displays?|gives?|yields?|looks?\s+like(?:\s+this)?|なります?|表示され(?:る|ます)|得到|显示|看到|zeigt|liefert|erscheint|sieht\s+so\s+aus|muestra|obtenemos|verás|se\s+ve|donne|obtient|voit)\s*[:：]\s*$/i;

/** Whether a short text announces an output: `출력:`, `예상 출력`, `Output`, `実行結果`, `Ausgabe:`. */
export function isOutputWord(text: string): boolean {
  const last =
    text
      .trim()
      .split(/\n|(?<=[.。!?])\s/)
      .at(-1) ?? '';
  return (last.length <= 80 && outputWord.test(last)) || (last.length <= 120 && showing.test(last));
}

const answerWord =
  /^(?:정답|모범\s*답안|해답|답|풀이|(?:example\s+|sample\s+)?(?:answers?|solutions?)|解答例?|回答例?|答え|正解|(?:参考)?答案|(?:Muster)?lösung(?:en)?|Antwort(?:en)?|respuestas?|soluci[oó]n(?:es)?|réponses?|corrigé)(?:\s*\d+)?\s*[:：.]?$/i;

/** Whether a text is the heading of an exercise's answer, which may be an output: `정답:`, `解答`, `Lösung:`. */
export function isAnswerWord(text: string): boolean {
  return answerWord.test(text.trim());
}

const announcement = new RegExp(
  `^\\s*(?:[-*▶>•]\\s*)?(?:(?:예상|기대|실제|실행|콘솔|expected|example|sample|possible|actual|program|console|期待(?:される)?|想定|予想|实际|预期|期望|可能的|程序|erwartete|mögliche|konsolen|beispiel|esperada|la|posible|attendue?|exemple\\s+de|la)\\s*)*` +
    '(?:출력(?:\\s*(?:결과|예시|순서|예))?|실행\\s*결과|결과|outputs?|prints?|printed|results?|stdout|' +
    '出力(?:結果|例)?|実行結果|結果|表示|输出(?:结果|示例)?|輸出|运行结果|执行结果|结果|打印|' +
    'Ausgabe|Ergebnis|salida|resultado|imprime|sortie|résultat|affiche)' +
    '(?:\\s+(?:esperada|attendue|expected|expectée|posible))?' +
    '\\s*((?:[(（\\[][^)）\\]]*[)）\\]])?)\\s*(?:([:：]|[-=]+>|→|⇒)\\s*(.*)|)$',
  'i',
);

/** A comment that announces an output. */
export interface Announcement {
  /** The whole announcing text, which may say that the order or the values differ. */
  readonly about: string;
  /** What stands behind its colon; empty when the output is below. */
  readonly rest: string;
  /** Whether it has a colon or an arrow; without one it is a heading at most. */
  readonly marked: boolean;
}

/** Reads a comment such as `예상 출력 (순서는 다를 수 있음):` or `Output: 3`; undefined when it announces nothing. */
export function readAnnouncement(comment: string): Announcement | undefined {
  const found = announcement.exec(comment);
  if (!found) return undefined;
  const rest = found[3] ?? '';
  return { about: comment.slice(0, comment.length - rest.length), rest, marked: found[2] !== undefined };
}

const otherLanguages = new Set(
  'bash sh zsh shell fish powershell ps1 cmd bat mermaid dot plantuml diff toml ini dockerfile makefile html xml sql java kotlin c cpp c++ cs csharp go rust js javascript ts typescript jsx tsx ruby php swift math latex markdown md'.split(
    ' ',
  ),
);

/** Whether a fence of this language behind a block is something else than its output, unless a word announces it. */
export function neverOutput(language: string): boolean {
  return otherLanguages.has(language);
}

/** Whether a fence is a picture made of characters, a time line or a tree of files. */
export function isDrawing(text: string): boolean {
  return (
    !/\bTraceback \(most recent/.test(text) && /[\u2500-\u259F]|[-=]{2,}>|\+-{3,}|^\s*t\s*=\s*\d|[│├└]/m.test(text)
  );
}
