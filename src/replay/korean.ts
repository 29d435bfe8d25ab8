import { withParticle } from '../text/korean.ts';
import type { Pool, Resource, Sentences } from './sentences.ts';

const 이 = (word: string) => withParticle(word, '이');
const 은 = (word: string) => withParticle(word, '은');
const 을 = (word: string) => withParticle(word, '을');

const given: Readonly<Record<Resource, (who: string) => string>> = {
  semaphore: (who) => `${이(who)} 자리를 놓자`,
  lock: (who) => `${이(who)} 잠금을 풀자`,
  event: (who) => `${이(who)} 이벤트를 켜자`,
  condition: (who) => `${이(who)} 조건을 알리자`,
  queue: (who) => `${이(who)} 큐에 넣자`,
  fullQueue: (who) => `${이(who)} 큐에서 꺼내자`,
  joined: (who) => `${이(who)} 일을 다 끝내자`,
  shut: (who) => `${이(who)} 큐를 닫자`,
  barrier: (who) => `${이(who)} 장벽에 닿자`,
  broken: (who) => `${이(who)} 장벽을 부수자`,
  other: (who) => `${이(who)} 놓아주자`,
};

const lined: Readonly<Record<Resource, (who: string) => string>> = {
  semaphore: (who) => `빈자리가 없어 ${은(who)} 세마포어 줄에 선다.`,
  lock: (who) => `잠겨 있어 ${은(who)} 줄에 서서 기다린다.`,
  event: (who) => `${은(who)} 이벤트가 켜지길 기다린다.`,
  condition: (who) => `${은(who)} 조건을 기다린다.`,
  queue: (who) => `큐가 비어 ${은(who)} 기다린다.`,
  fullQueue: (who) => `큐가 가득 차 ${은(who)} 기다린다.`,
  joined: (who) => `${은(who)} 큐의 일이 다 끝나길 기다린다.`,
  shut: (who) => `${은(who)} 닫힌 큐를 기다린다.`,
  barrier: (who) => `${은(who)} 장벽에서 모두를 기다린다.`,
  broken: (who) => `${은(who)} 장벽에서 모두를 기다린다.`,
  other: (who) => `${은(who)} 줄에 서서 기다린다.`,
};

/** Why a recording was cut short, by the trace's name of the limit. */
const koreanLimits: Readonly<Record<string, string>> = {
  turns: '루프가 끝없이 돌아',
  seconds: '너무 오래 걸려',
  virtualSeconds: '시계가 너무 멀리 가',
  outputBytes: '출력이 너무 많아',
  events: '너무 많은 일이 일어나',
  server: '서버에 접속할 손님이 없어',
};

const pools: Readonly<Record<Pool, string>> = { thread: '스레드', process: '프로세스' };

/** What a caption says in Korean. */
export const korean: Sentences = {
  opens: ({ who }) => `루프가 열리고 ${이(who)} 줄에 선다.`,
  starts: ({ who }) => `${이(who)} 실행을 시작한다.`,
  line: ({ who, line }) =>
    line === null ? `${이(who)} 앞에서 정의한 코드를 실행한다.` : `${이(who)} ${line}행을 실행한다.`,
  print: ({ who, text }) => `${이(who)} ${을(`‘${text}’`)} 출력한다.`,
  spawn: ({ who, many, eager }) =>
    `${이(who)} ${을(many.text)} ${eager ? '만들자 곧바로 시작됐다.' : '만들어 줄을 세웠다.'}`,
  submit: ({ who, job, pool }) => `${이(who)} ${을(job)} ${pools[pool]}에 맡겼다.`,
  acquire: ({ who, what }) =>
    what === 'lock'
      ? `${이(who)} 잠금을 얻었다.`
      : what === 'semaphore'
        ? `${이(who)} 자리를 얻어 들어갔다.`
        : `${이(who)} 기다리지 않고 지나간다.`,
  release: ({ who, woken, what, before }) =>
    `${given[what](who)} ${이(woken.text)} ${before === null ? '깨어나 실행 줄에 섰다.' : `깨어났다. 실행은 ${before} 다음이다.`}`,
  frees: ({ who, what }) =>
    what === 'lock'
      ? `${이(who)} 잠금을 풀었다. 기다리던 태스크는 없다.`
      : what === 'semaphore'
        ? `${이(who)} 자리를 놓았다. 기다리던 태스크는 없다.`
        : `${이(who)} 놓아주었다. 기다리던 태스크는 없다.`,
  gives: ({ generator }) => `${이(generator)} 값을 하나 건넨다.`,
  closes: ({ generator }) => `${을(generator)} 중간에서 닫는다.`,
  runsOut: ({ generator }) => `${이(generator)} 끝나 더 줄 값이 없다.`,
  enters: ({ who, name }) => `${이(who)} ${name}에 들어갔다.`,
  exits: ({ who, name, error }) =>
    error === null ? `${이(who)} ${name}에서 나왔다.` : `${withParticle(error, '으로')} ${name}에서 나왔다.`,
  becomes: ({ who, name, value }) =>
    value === null
      ? `${who}에서 ${name} 값이 사라졌다.`
      : `${who}에서 ${이(name)} ${withParticle(value, '으로')} 바뀌었다.`,
  cancel: ({ who, many }) => `${이(who)} ${many.text}에 취소를 요청했다.`,
  sleeps: ({ who, time, next }) =>
    next === null
      ? `${이(who)} ${time} 잠든다. 이제 준비된 태스크가 없다.`
      : `${이(who)} ${time} 잠들고, 다음은 ${next} 차례다.`,
  yields: ({ who }) => `${이(who)} 차례를 양보하고 줄 끝에 선다.`,
  joins: ({ who, op, many }) =>
    op === 'await' ? `${은(who)} ${이(many.text)} 끝나길 기다린다.` : `${은(who)} ${op}에서 ${을(many.text)} 기다린다.`,
  firstOf: ({ who }) => `${은(who)} 하나라도 끝나길 기다린다.`,
  atMost: ({ who, time }) => `${은(who)} 최대 ${time}까지 기다린다.`,
  queues: ({ who, what }) => lined[what](who),
  waitsThread: ({ who, job, pool }) => `${은(who)} ${pools[pool]}에서 도는 ${을(job)} 기다린다.`,
  waitsAnswer: ({ who, place }) => `${이(who)} ${place}의 응답을 기다린다.`,
  waitsData: ({ who, place }) => `${이(who)} ${place}의 데이터를 기다린다.`,
  waitsConnection: ({ who }) => `연결이 모두 쓰여 ${은(who)} 빈 연결을 기다린다.`,
  waits: ({ who, op }) => `${이(who)} ${op}에서 기다린다.`,
  resumes: ({ who, after }) =>
    ({
      sleep: `${이(who)} 잠에서 깨어 이어서 실행된다.`,
      result: `${이(who)} 결과를 받아 이어서 실행된다.`,
      resource: `${이(who)} 차례가 되어 이어서 실행된다.`,
      other: `${이(who)} 이어서 실행된다.`,
    })[after],
  cancelled: ({ who }) => `${who}에 취소가 도착해 CancelledError가 난다.`,
  passedOn: ({ who }) => `기다린 일이 취소되어 ${이(who)} CancelledError를 받는다.`,
  callback: ({ name }) => `루프가 ${을(name)} 부른다.`,
  reschedules: ({ who, time }) =>
    time === null ? `${이(who)} 시간 제한을 없앤다.` : `${이(who)} 마감을 ${withParticle(time, '으로')} 옮긴다.`,
  fills: ({ who }) => `${은(who)} Future가 채워지길 기다린다.`,
  done: ({ who, woken }) => (woken.count === 0 ? `${이(who)} 끝났다.` : `${이(who)} 끝나 ${이(woken.text)} 깨어났다.`),
  failed: ({ who, error, cancels, others }) =>
    cancels.count > 0
      ? `${이(who)} 실패하자 ${이(cancels.text)} 취소된다.`
      : `${이(who)} ${withParticle(error, '으로')} 끝났다.${others ? ' 나머지는 계속 돈다.' : ''}`,
  endsCancelled: ({ who }) => `${이(who)} 취소되어 끝났다.`,
  passes: ({ time, woken, first }) =>
    woken.count === 0
      ? `모두 기다리는 사이 ${이(time)} 지났다.`
      : `${first ? '모두 기다린다. ' : ''}${이(time)} 지나 ${이(woken.text)} 깨어났다.`,
  timeUp: ({ time, woken }) => `${이(time)} 지나 제한 시간이 됐다. ${이(woken.text)} 깨어났다.`,
  due: ({ time, name }) => `${이(time)} 지나 ${이(name)} 불릴 차례다.`,
  timeout: ({ time, many }) => `${이(time)} 지나 시간 초과. ${many.text}에 취소를 보낸다.`,
  threadDone: ({ woken, jobs, pool }) =>
    `${pools[pool]}에서 ${이(jobs.count === 1 ? jobs.text : `일 ${jobs.count}개`)} 끝나 ${이(woken.text)} 깨어났다.`,
  blocked: ({ api, time, loop }) =>
    loop ? `${이(api)} ${time} 동안 루프 전체를 막았다.` : `${time} 동안 아무것도 못 하고 멈췄다.`,
  raise: ({ who, error }) => `${who}에서 ${이(error)} 났다.`,
  deadlock: ({ knot }) =>
    ({
      ring: '모두 서로를 기다린다. 아무도 못 움직인다.',
      self: '자기가 놓아야 할 것을 자기가 기다린다.',
      nobody: '깨워 줄 태스크가 없다. 영원히 기다린다.',
    })[knot],
  limit: ({ what }) => `${koreanLimits[what] ?? '한도에 이르러'} 여기서 멈췄다.`,
  end: ({ time, apart, many }) =>
    time === null
      ? '끝났다. 기다린 시간은 없다.'
      : apart !== null
        ? `${time} 만에 모두 끝났다. 차례로 했다면 ${apart}.`
        : many
          ? `모두 끝났다. 걸린 시간은 ${time}다.`
          : `끝났다. 걸린 시간은 ${time}다.`,
  neverAwaited: ({ coroutine }) => `끝났지만 ${coroutine} 코루틴 하나는 await하지 않았다.`,
  neverRetrieved: ({ error }) => `끝났지만 ${error} 하나는 아무도 받지 않았다.`,
  endRaised: ({ error }) => `프로그램이 ${withParticle(error, '으로')} 끝났다.`,
  endStopped: () => '여기서 기록을 멈췄다.',
};
