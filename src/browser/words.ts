import type { Language } from '../replay/data.ts';
import type { Replay } from '../replay/replay.ts';
import { withParticle } from '../text/korean.ts';

/** The words of the live controls. */
export interface ControlWords {
  readonly replay: string;
  readonly scrubber: string;
  readonly scrubberHint: string;
  readonly stepBack: string;
  readonly stepForward: string;
  readonly keyBack: string;
  readonly keyForward: string;
  readonly play: string;
  readonly pause: string;
  readonly speed: string;
  readonly axis: string;
  readonly steps: string;
  readonly following: (task: string) => string;
  readonly unfollow: string;
  readonly shortcuts: string;
  readonly previousSlide: string;
  readonly nextSlide: string;
  readonly running: (task: string) => string;
  readonly place: (time: string, step: number, steps: number) => string;
}

export const controlWords: Readonly<Record<Language, ControlWords>> = {
  ko: {
    replay: '재생 화면',
    scrubber: '단계',
    scrubberHint: '끌어서 단계 옮기기 (◆ 장면)',
    stepBack: '한 단계 뒤로',
    stepForward: '한 단계 앞으로',
    keyBack: '이전 장면',
    keyForward: '다음 장면',
    play: '재생',
    pause: '멈춤',
    speed: '속도',
    axis: '시간 비율대로 보기',
    steps: '지나온 장면',
    following: (task) => `${withParticle(task, '을')} 따라가는 중`,
    unfollow: '그만 따라가기 (Esc)',
    shortcuts: '재생 화면에서: 단계, 장면, 재생, 시간 축, 이 줄의 다음 실행, 태스크 따라가기',
    previousSlide: '이전 슬라이드',
    nextSlide: '다음 슬라이드',
    running: (task) => `${task} 실행 중`,
    place: (time, step, steps) => `${time}, ${steps}단계 중 ${step}`,
  },
  en: {
    replay: 'replay',
    scrubber: 'Step',
    scrubberHint: 'Drag to move between steps (◆ scenes)',
    stepBack: 'One step back',
    stepForward: 'One step forward',
    keyBack: 'Previous scene',
    keyForward: 'Next scene',
    play: 'Play',
    pause: 'Pause',
    speed: 'Speed',
    axis: 'Time to scale',
    steps: 'Scenes so far',
    following: (task) => `Following ${task}`,
    unfollow: 'stop following (Esc)',
    shortcuts: "In a replay: step, scene, play, time axis, this line's next run, follow a task",
    previousSlide: 'Previous slide',
    nextSlide: 'Next slide',
    running: (task) => `${task} running`,
    place: (time, step, steps) => `${time}, step ${step} of ${steps}`,
  },
};

/** Where a replay is, in words: `1.0초, 36단계 중 14, B 실행 중`. */
export function placeText(replay: Replay, index: number): string {
  const words = controlWords[replay.data.lang];
  const { time, step, steps } = replay.clock(index);
  const task = replay.stateAt(index).running?.task;
  const label = task == null ? undefined : replay.labels.get(task);
  return [words.place(time, step, steps), ...(label === undefined ? [] : [words.running(label)])].join(', ');
}
