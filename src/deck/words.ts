/** What the deck itself says, in the note's language. */
export interface Words {
  readonly lang: 'ko' | 'en';
  readonly agenda: string;
  readonly output: string;
  /** Titles of callouts that have none of their own. */
  readonly callout: Readonly<Record<'note' | 'tip' | 'warning', string>>;
  readonly replay: string;
  readonly notRun: string;
  readonly stopped: string;
  /** What of the outside world was not real. */
  readonly simulated: { readonly network: string; readonly files: string; readonly both: string };
  readonly raisedAt: (line: number) => string;
  readonly handout: string;
  readonly recordedWith: (python: string) => string;
}

const korean: Words = {
  lang: 'ko',
  agenda: '차례',
  output: '출력',
  callout: { note: '참고', tip: '팁', warning: '주의' },
  replay: '실행 과정',
  notRun: '실행하지 않음',
  stopped: '실행이 멈춤',
  simulated: { network: '모의 네트워크', files: '모의 파일', both: '모의 네트워크·파일' },
  raisedAt: (line) => `${line}행에서 예외`,
  handout: '유인물',
  recordedWith: (python) => `Python ${python}에서 실제로 실행한 기록`,
};

const english: Words = {
  lang: 'en',
  agenda: 'Agenda',
  output: 'Output',
  callout: { note: 'Note', tip: 'Tip', warning: 'Warning' },
  replay: 'step by step',
  notRun: 'Not run',
  stopped: 'Stopped',
  simulated: { network: 'simulated network', files: 'simulated files', both: 'simulated network, files' },
  raisedAt: (line) => `Raised on line ${line}`,
  handout: 'Handout',
  recordedWith: (python) => `Recorded from a real run of Python ${python}`,
};

/** Korean for `ko…`, else English. */
export function wordsOf(lang: string): Words {
  return lang.startsWith('ko') ? korean : english;
}
