/** What headings call an exercise, in the languages that notes are written in. */
const exercise =
  /연습\s*(?:문제|\d|$|[:：])|^\s*(?:\d+\.\s*)?(?:문제|과제|실습|퀴즈)\s*(?:\d|$|[:：])|\bexercises?\b|\b(?:problem|task|quiz|challenge|homework)\s*\d*\s*(?:[:：]|$)|練習|演習|问题\s*\d|练习|\bÜbung(?:en)?\b|\bAufgaben?\b|\bejercicios?\b|\bexercices?\b/iu;

/** Whether a heading names an exercise: `연습 2: 크롤러`, `Exercise 1`, `Übung`. */
export function isExercise(heading: string): boolean {
  return exercise.test(heading);
}
