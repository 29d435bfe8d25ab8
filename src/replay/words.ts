import type { Language } from './data.ts';
import type { Knot } from './deadlock.ts';

/** The words that stand in a picture. */
export interface Words {
  readonly running: string;
  /** Of a task whose new, eager task has the thread. */
  readonly making: string;
  readonly idle: string;
  readonly ready: string;
  readonly nextTick: string;
  readonly internal: string;
  readonly awake: string;
  readonly turn: string;
  readonly finished: string;
  readonly cancelled: string;
  readonly cancelling: string;
  readonly timers: string;
  readonly none: string;
  readonly line: string;
  /** Of a queue that was shut down, of a barrier that was aborted. */
  readonly closed: string;
  /** A gate that lets everybody through, and one that lets nobody. */
  readonly gateOpen: string;
  readonly gateShut: string;
  /** To wait for the lock of a resource, after the resource's name. */
  readonly itsLock: string;
  /** To wait in a queue's `join`, with the number of items left. */
  readonly itemsLeft: (count: number) => string;
  readonly free: string;
  readonly output: string;
  /** Code that is not in the panel because another block of the note defines it. */
  readonly elsewhere: string;
  /** Lines of code that nobody is in, with their number. */
  readonly folded: (count: number) => string;
  readonly program: string;
  readonly loop: string;
  readonly callback: string;
  readonly thread: string;
  readonly process: string;
  /** What is waited for, by where the job runs. */
  readonly jobResult: Readonly<Record<'thread' | 'process', string>>;
  readonly deadlock: Readonly<Record<Knot, string>>;
  readonly stopped: string;
  /** Limits, by the trace's names. */
  readonly limits: Readonly<Record<string, string>>;
  readonly blocking: string;
  readonly held: string;
  readonly overdue: string;
  readonly resting: string;
  /** The two halves of a pair on paper, and the picture behind all pairs. */
  readonly before: string;
  readonly after: string;
  readonly wholeRun: string;
  readonly whoNext: string;
  /** What a frame of an exercise asks. */
  readonly whoNow: string;
  readonly whoQueues: string;
  readonly freeConnection: string;
  /** What takes part of the world outside. */
  readonly transfers: { readonly network: string; readonly files: string; readonly both: string };
  /** What was not real: the label of pictures and the reason of waits. */
  readonly simulated: { readonly network: string; readonly files: string; readonly both: string };
  /** Kinds of resources, by their class. */
  readonly kinds: Readonly<Record<string, string>>;
}

export const words: Readonly<Record<Language, Words>> = {
  ko: {
    running: '실행 중',
    making: '태스크를 시작시키는 중',
    idle: '비어 있음',
    ready: '준비됨 — 먼저 온 순서',
    nextTick: '다음 바퀴',
    internal: '내부',
    awake: '깨어남, 차례를 기다림',
    turn: '차례를 기다림',
    finished: '끝남',
    cancelled: '취소됨',
    cancelling: '취소 요청을 받음',
    timers: '타이머',
    none: '없음',
    line: '줄',
    closed: '닫힘',
    gateOpen: '열림',
    gateShut: '닫힘',
    itsLock: '잠금',
    itemsLeft: (count) => `join: ${count}개 남음`,
    free: '빈자리',
    output: '출력',
    elsewhere: '앞에서 정의한 코드',
    folded: (count) => `⋯ ${count}행`,
    program: '프로그램',
    loop: '루프',
    callback: '콜백',
    thread: '스레드',
    process: '프로세스',
    jobResult: { thread: '스레드의 결과', process: '프로세스의 결과' },
    deadlock: { ring: '교착: 서로를 기다린다', self: '교착: 자기를 기다린다', nobody: '교착: 깨워 줄 태스크가 없다' },
    stopped: '여기서 멈췄다',
    limits: {
      turns: '끝없이 도는 루프',
      seconds: '실행 시간 한도',
      virtualSeconds: '시계 한도',
      outputBytes: '출력 한도',
      events: '기록 한도',
      server: '접속할 손님이 없음',
    },
    blocking: '모두를 막고 있음',
    held: '멈춰 있음',
    overdue: '지남',
    resting: '쉬는 중',
    before: '직전',
    after: '직후',
    wholeRun: '전체 실행 — 시간 비례',
    whoNext: '다음은 누가 실행될까?',
    whoNow: '지금 누가 실행되고, 누가 어떤 순서로 기다릴까?',
    whoQueues: '지금 준비 큐에는 누가, 어떤 순서로 서 있을까?',
    freeConnection: '빈 연결을 기다림',
    transfers: { network: '네트워크', files: '파일', both: '네트워크·파일' },
    simulated: { network: '모의 네트워크', files: '모의 파일', both: '모의 네트워크·파일' },
    kinds: {
      Semaphore: '세마포어',
      BoundedSemaphore: '세마포어',
      Lock: '잠금',
      Event: '이벤트',
      Condition: '조건',
      Queue: '큐',
      LifoQueue: '큐',
      PriorityQueue: '큐',
      Barrier: '장벽',
    },
  },
  en: {
    running: 'Running',
    making: 'starting a task',
    idle: 'free',
    ready: 'Ready — first come, first served',
    nextTick: 'next tick',
    internal: 'internal',
    awake: 'awake, waits its turn',
    turn: 'waits its turn',
    finished: 'finished',
    cancelled: 'cancelled',
    cancelling: 'cancel requested',
    timers: 'Timers',
    none: 'none',
    line: 'line',
    closed: 'closed',
    gateOpen: 'open',
    gateShut: 'shut',
    itsLock: 'lock',
    itemsLeft: (count) => `join: ${count} left`,
    free: 'free',
    output: 'output',
    elsewhere: 'code defined earlier',
    folded: (count) => `⋯ ${count} lines`,
    program: 'program',
    loop: 'The loop',
    callback: 'callback',
    thread: 'thread',
    process: 'process',
    jobResult: { thread: "the thread's result", process: "the process's result" },
    deadlock: {
      ring: 'deadlock: each waits for another',
      self: 'deadlock: it waits for itself',
      nobody: 'deadlock: nobody is left to wake them',
    },
    stopped: 'stopped here',
    limits: {
      turns: 'a loop without end',
      seconds: 'time limit',
      virtualSeconds: "limit of the loop's clock",
      outputBytes: 'output limit',
      events: 'recording limit',
      server: 'nobody is left to connect',
    },
    blocking: 'holds up everyone',
    held: 'held up',
    overdue: 'overdue',
    resting: 'idle',
    before: 'before',
    after: 'after',
    wholeRun: 'The whole run, to scale',
    whoNext: 'Who runs next?',
    whoNow: 'Who has the thread now, and who stands in the queue, in which order?',
    whoQueues: 'Who stands in the ready queue now, and in which order?',
    freeConnection: 'waits for a free connection',
    transfers: { network: 'Network', files: 'Files', both: 'Network, files' },
    simulated: { network: 'simulated network', files: 'simulated files', both: 'simulated network, files' },
    kinds: {
      Semaphore: 'Semaphore',
      BoundedSemaphore: 'Semaphore',
      Lock: 'Lock',
      Event: 'Event',
      Condition: 'Condition',
      Queue: 'Queue',
      LifoQueue: 'Queue',
      PriorityQueue: 'Queue',
      Barrier: 'Barrier',
    },
  },
};

/** A point of the clock: `1.0초`, `0.25 s`; at least one decimal, at most three. */
export function timeText(nanoseconds: number, lang: Language): string {
  return `${decimals(nanoseconds, 1)}${lang === 'ko' ? '초' : ' s'}`;
}

/** A length of time: `2초`, `0.5 s`; no decimals when it is whole. */
export function durationText(nanoseconds: number, lang: Language): string {
  return `${decimals(nanoseconds, 0)}${lang === 'ko' ? '초' : ' s'}`;
}

/** A line of code by its number: `4행`, `line 4`. */
export function lineText(line: number, lang: Language): string {
  return lang === 'ko' ? `${line}행` : `line ${line}`;
}

/** A place in a line of waiters, from 1: `1번째`, `1st in line`. */
export function placeText(place: number, lang: Language): string {
  if (lang === 'ko') return `${place}번째`;
  const ending = place % 100 >= 11 && place % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending} in line`;
}

function decimals(nanoseconds: number, least: number): string {
  const seconds = nanoseconds / 1e9;
  for (let digits = least; digits < 3; digits++)
    if (Math.abs(Number(seconds.toFixed(digits)) - seconds) < 5e-4) return seconds.toFixed(digits);
  return seconds.toFixed(3);
}
