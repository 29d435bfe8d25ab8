import type { Language } from './data.ts';
import type { Knot } from './deadlock.ts';
import { english } from './english.ts';
import { korean } from './korean.ts';

/** What a caption may tell; texts in it are finished words (`2초`, `A, B`). */
export type Happening =
  | { readonly kind: 'opens'; readonly who: string }
  | { readonly kind: 'starts'; readonly who: string }
  | { readonly kind: 'line'; readonly who: string; readonly line: number | null }
  | { readonly kind: 'print'; readonly who: string; readonly text: string }
  | { readonly kind: 'spawn'; readonly who: string; readonly many: Names; readonly eager: boolean }
  | { readonly kind: 'submit'; readonly who: string; readonly job: string; readonly pool: Pool }
  | { readonly kind: 'acquire'; readonly who: string; readonly what: Resource }
  | {
      readonly kind: 'release';
      readonly who: string;
      readonly woken: Names;
      readonly what: Resource;
      readonly before: string | null;
    }
  | { readonly kind: 'frees'; readonly who: string; readonly what: Resource }
  | { readonly kind: 'gives'; readonly generator: string }
  | { readonly kind: 'closes'; readonly generator: string }
  | { readonly kind: 'runsOut'; readonly generator: string }
  | { readonly kind: 'enters'; readonly who: string; readonly name: string }
  | { readonly kind: 'exits'; readonly who: string; readonly name: string; readonly error: string | null }
  | { readonly kind: 'becomes'; readonly who: string; readonly name: string; readonly value: string | null }
  | { readonly kind: 'cancel'; readonly who: string; readonly many: Names }
  | { readonly kind: 'sleeps'; readonly who: string; readonly time: string; readonly next: string | null }
  | { readonly kind: 'yields'; readonly who: string }
  | { readonly kind: 'joins'; readonly who: string; readonly op: string; readonly many: Names }
  | { readonly kind: 'firstOf'; readonly who: string }
  | { readonly kind: 'atMost'; readonly who: string; readonly time: string }
  | { readonly kind: 'queues'; readonly who: string; readonly what: Resource }
  | { readonly kind: 'waitsThread'; readonly who: string; readonly job: string; readonly pool: Pool }
  | { readonly kind: 'waitsAnswer'; readonly who: string; readonly place: string }
  | { readonly kind: 'waitsData'; readonly who: string; readonly place: string }
  | { readonly kind: 'waitsConnection'; readonly who: string }
  | { readonly kind: 'waits'; readonly who: string; readonly op: string }
  | { readonly kind: 'resumes'; readonly who: string; readonly after: 'sleep' | 'result' | 'resource' | 'other' }
  | { readonly kind: 'cancelled'; readonly who: string }
  | { readonly kind: 'passedOn'; readonly who: string }
  | { readonly kind: 'callback'; readonly name: string }
  | { readonly kind: 'reschedules'; readonly who: string; readonly time: string | null }
  | { readonly kind: 'fills'; readonly who: string }
  | { readonly kind: 'done'; readonly who: string; readonly woken: Names }
  | {
      readonly kind: 'failed';
      readonly who: string;
      readonly error: string;
      readonly cancels: Names;
      readonly others: boolean;
    }
  | { readonly kind: 'endsCancelled'; readonly who: string }
  | { readonly kind: 'passes'; readonly time: string; readonly woken: Names; readonly first: boolean }
  | { readonly kind: 'timeUp'; readonly time: string; readonly woken: Names }
  | { readonly kind: 'due'; readonly time: string; readonly name: string }
  | { readonly kind: 'timeout'; readonly time: string; readonly many: Names }
  | { readonly kind: 'threadDone'; readonly woken: Names; readonly jobs: Names; readonly pool: Pool }
  | { readonly kind: 'blocked'; readonly api: string; readonly time: string; readonly loop: boolean }
  | { readonly kind: 'raise'; readonly who: string; readonly error: string }
  | { readonly kind: 'deadlock'; readonly knot: Knot }
  | { readonly kind: 'limit'; readonly what: string }
  | { readonly kind: 'end'; readonly time: string | null; readonly apart: string | null; readonly many: boolean }
  | { readonly kind: 'neverAwaited'; readonly coroutine: string }
  | { readonly kind: 'neverRetrieved'; readonly error: string }
  | { readonly kind: 'endRaised'; readonly error: string }
  | { readonly kind: 'endStopped' };

/** Where an executor's jobs run. */
export type Pool = 'thread' | 'process';

/** Labels of tasks, few enough to be named or only counted. */
export interface Names {
  readonly count: number;
  readonly text: string;
}

/** `joined`: a queue whose items are all done; `shut`: one that was shut down; `broken`: a barrier that was aborted. */
export type Resource =
  | 'semaphore'
  | 'lock'
  | 'event'
  | 'condition'
  | 'queue'
  | 'fullQueue'
  | 'joined'
  | 'shut'
  | 'barrier'
  | 'broken'
  | 'other';

/** A sentence for each happening. */
export type Sentences = {
  readonly [Kind in Happening['kind']]: (happening: Extract<Happening, { kind: Kind }>) => string;
};

/** One sentence such as a teacher would say: at most 28 Hangul, or 60 characters of English. */
export function sentence(happening: Happening, lang: Language): string {
  const table: Sentences = lang === 'ko' ? korean : english;
  return (table[happening.kind] as (happening: Happening) => string)(happening);
}

/** Names in a row, counted from five on: `A, B, C`, `A and B`, `태스크 5개`; bare numbers are named as tasks. */
export function namesOf(labels: readonly string[], lang: Language): Names {
  const count = labels.length;
  if (count > 0 && count <= 4 && labels.every((label) => /^-?[\d.]+$/.test(label))) {
    const { text } = namesOf(
      labels.map((label) => ` ${label}`),
      lang,
    );
    const noun = lang === 'ko' ? '태스크' : count === 1 ? 'task' : 'tasks';
    return { count, text: `${noun} ${text.replaceAll('  ', ' ').trim()}` };
  }
  if (count > 4) return { count, text: lang === 'ko' ? `태스크 ${count}개` : `${count} tasks` };
  if (lang === 'ko' || count < 2) return { count, text: labels.join(', ') };
  return { count, text: `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}` };
}
