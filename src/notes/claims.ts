import type { Claim } from './note.ts';

const outputWord =
  /출력|실행\s*(?:결과|흐름|예시)|결과|콘솔|\b(?:output|prints?|printed|result|stdout|console|expected)\b/i;

/** Whether a short text announces an output: `출력:`, `예상 출력`, `Output`, `실행 결과`. */
export function isOutputWord(text: string): boolean {
  return text.length <= 60 && outputWord.test(text);
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

/** Whether a fence without a word before it is a picture made of characters. */
export function isDrawing(text: string): boolean {
  return /[\u2500-\u259F]|[-=]{2,}>|\+-{3,}/.test(text);
}

const announcing = /^\s*#+\s*(?:예상\s*)?(?:출력|실행\s*결과|결과|(?:expected\s+)?output|prints?)[^:：]*[:：]\s*(.*)$/i;
const comment = /^\s*#\s?(.*)$/;

/**
 * The outputs that a block's own comments promise: a run of comment lines under `# 출력:`, and a comment behind a
 * `print`. Footnote marks (`# 8`, `# <6>`) and commented-out code are none.
 *
 * @param code The block's code.
 * @param firstLine Line of the note that the code begins on.
 */
export function claimsInCode(code: string, firstLine: number): Claim[] {
  const lines = code.split('\n');
  const claims: Claim[] = [];
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] ?? '';
    const announced = announcing.exec(line);
    if (announced) {
      const texts = announced[1] ? [announced[1]] : [];
      const start = announced[1] ? n : n + 1;
      while (comment.test(lines[n + 1] ?? '')) texts.push(comment.exec(lines[++n] ?? '')?.[1] ?? '');
      if (texts.length > 0) claims.push({ line: firstLine + start, text: texts.join('\n') });
      continue;
    }
    const behind = /^\s*print\(.*\)\s*#\s*(\S.*)$/.exec(line)?.[1];
    if (behind && !/^(?:\d+|<\d+>)$/.test(behind)) claims.push({ line: firstLine + n, text: behind });
  }
  return claims;
}
