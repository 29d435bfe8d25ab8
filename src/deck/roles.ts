/** What headings call an exercise, in the languages that notes are written in; a task is none, nor an `Aufgabe`. */
const exercise =
  /연습\s*(?:문제|\d|$|[:：])|^\W*(?:\d+\.\s*)?(?:문제\s*\d|(?:과제|실습|퀴즈)\s*(?:\d|$|[:：]))|\bexercises?\b|^\W*(?:problem\s*\d|(?:quiz|challenge|homework)\s*(?:\d|$|[:：]))|練習|演習|问题\s*\d|练习|(?<!\p{L})Übung(?:en)?\b|^\W*Aufgabe\s*\d|\bejercicios?\b|\bexercices?\b/iu;

const summary =
  /요약|^\W*(?:\d+\.\s*)?(?:핵심\s*)?정리|마무리|한눈에|\bsummary\b|\brecap\b|\btakeaways?\b|\bkey points?\b|\bto remember\b|\bin short\b|\bconclusions?\b|まとめ|总结|小结|總結|\bZusammenfassung\b|\bFazit\b|\bresumen\b|(?<!\p{L})résumé(?!\p{L})|\ben bref\b/iu;

const agenda =
  /^\W*(?:목차|차례|오늘의?\s*(?:목차|내용|순서)|학습\s*(?:순서|내용)|table of contents|contents|agenda|outline|overview|目次|アジェンダ|目录|議程|议程|Inhalt(?:sverzeichnis)?|Überblick|Gliederung|índice|contenido|sommaire|plan)\W*$/iu;

/** Whether a heading names an exercise: `연습 2: 크롤러`, `Exercise 1`, `Übung`. */
export function isExercise(heading: string): boolean {
  return exercise.test(heading);
}

/** Whether a heading announces what there was to learn: `요약`, `정리`, `Key points`. */
export function isSummary(heading: string): boolean {
  return summary.test(heading);
}

/** Whether a heading stands over the list of what follows: `목차`, `Agenda`. */
export function isAgenda(heading: string): boolean {
  return agenda.test(heading);
}
