import type { CalloutKind } from '../notes/directiveTable.ts';

/** What the deck itself says, in the note's language. */
export interface Words {
  readonly lang: 'ko' | 'en';
  readonly agenda: string;
  readonly output: string;
  /** Titles of callouts that have none of their own. */
  readonly callout: Readonly<Record<CalloutKind, string>>;
  readonly replay: string;
  readonly notRun: string;
  readonly stopped: string;
  /** What of the outside world was not real. */
  readonly simulated: { readonly network: string; readonly files: string; readonly both: string };
  readonly raisedAt: (line: number) => string;
  readonly handout: string;
  readonly speakerNotes: string;
  /** Stands over the sentences of a replay's key steps. */
  readonly keySteps: (count: number) => string;
  readonly contents: string;
  /** What follows belongs to slide `number`, on paper. */
  readonly goesOn: (number: number) => string;
  /** An exercise's question, on paper. */
  readonly question: (number: number) => string;
  readonly answers: string;
  readonly page: (number: number) => string;
  /** What stands before an address at which a replay can be stepped through. */
  readonly live: string;
  /** Key steps that paper shows, of all. */
  readonly someSteps: (shown: number, all: number) => string;
  readonly wholeRun: string;
  readonly recordedWith: (python: string) => string;
}

const korean: Words = {
  lang: 'ko',
  agenda: '차례',
  output: '출력',
  callout: { note: '참고', tip: '팁', important: '중요', warning: '주의', caution: '경고' },
  replay: '실행 과정',
  notRun: '실행하지 않음',
  stopped: '실행이 멈춤',
  simulated: { network: '모의 네트워크', files: '모의 파일', both: '모의 네트워크·파일' },
  raisedAt: (line) => `${line}행에서 예외`,
  handout: '유인물',
  speakerNotes: '발표자 노트',
  keySteps: (count) => `실행 과정: 주요 단계 ${count}개`,
  contents: '차례',
  goesOn: (number) => `슬라이드 ${number} (이어서)`,
  question: (number) => `문제 ${number}`,
  answers: '정답',
  page: (number) => `${number}쪽`,
  live: '직접 넘겨 보기',
  someSteps: (shown, all) => `핵심 단계 ${all}개 중 ${shown}개`,
  wholeRun: '전체 실행',
  recordedWith: (python) => `Python ${python}에서 실제로 실행한 기록`,
};

const english: Words = {
  lang: 'en',
  agenda: 'Agenda',
  output: 'Output',
  callout: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
  replay: 'step by step',
  notRun: 'Not run',
  stopped: 'Stopped',
  simulated: { network: 'simulated network', files: 'simulated files', both: 'simulated network, files' },
  raisedAt: (line) => `Raised on line ${line}`,
  handout: 'Handout',
  speakerNotes: 'Speaker notes',
  keySteps: (count) => `Step by step: ${count} key steps`,
  contents: 'Contents',
  goesOn: (number) => `Slide ${number} (continued)`,
  question: (number) => `Q${number}`,
  answers: 'Answers',
  page: (number) => `page ${number}`,
  live: 'Step through it',
  someSteps: (shown, all) => `${shown} of ${all} key steps`,
  wholeRun: 'The whole run',
  recordedWith: (python) => `Recorded from a real run of Python ${python}`,
};

/** Korean for `ko…`, else English. */
export function wordsOf(lang: string): Words {
  return lang.startsWith('ko') ? korean : english;
}
