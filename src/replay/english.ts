import type { Names, Resource, Sentences } from './sentences.ts';

/** Why a recording was cut short, by the trace's name of the limit. */
const englishLimits: Readonly<Record<string, string>> = {
  turns: 'The loop turns without end',
  seconds: 'It takes too long',
  virtualSeconds: 'The clock went too far',
  outputBytes: 'It prints too much',
  events: 'Too much happens',
  server: 'Nobody is left to connect to the server',
};

const gives: Readonly<Record<Resource, string>> = {
  semaphore: 'frees a permit',
  lock: 'unlocks',
  event: 'sets the event',
  condition: 'notifies',
  queue: 'puts an item',
  fullQueue: 'takes an item',
  joined: 'finishes the last item',
  shut: 'shuts the queue',
  barrier: 'reaches the barrier',
  broken: 'breaks the barrier',
  other: 'lets go',
};

const lines: Readonly<Record<Resource, (who: string) => string>> = {
  semaphore: (who) => `No permit is left: ${who} joins the line.`,
  lock: (who) => `It is locked: ${who} joins the line.`,
  event: (who) => `${who} waits for the event.`,
  condition: (who) => `${who} waits for the condition.`,
  queue: (who) => `The queue is empty: ${who} waits.`,
  fullQueue: (who) => `The queue is full: ${who} waits.`,
  joined: (who) => `${who} waits until all items are done.`,
  shut: (who) => `${who} waits at a queue that is shut.`,
  barrier: (who) => `${who} waits at the barrier for the others.`,
  broken: (who) => `${who} waits at the barrier for the others.`,
  other: (who) => `${who} joins the line.`,
};

const is = (names: Names, singular: string, plural: string) => `${names.text} ${names.count === 1 ? singular : plural}`;

/** What a caption says in English. */
export const english: Sentences = {
  opens: ({ who }) => `The loop opens; ${who} lines up as ready.`,
  starts: ({ who }) => `${who} starts to run.`,
  line: ({ who, line }) => (line === null ? `${who} runs code defined earlier.` : `${who} runs line ${line}.`),
  print: ({ who, text }) => `${who} prints “${text}”.`,
  spawn: ({ who, many, eager }) =>
    eager
      ? `${who} creates ${many.text}, which ${many.count === 1 ? 'starts' : 'start'} at once.`
      : `${who} creates ${many.text}; ${many.count === 1 ? 'it lines' : 'they line'} up as ready.`,
  submit: ({ who, job, pool }) => `${who} hands ${job} to a ${pool}.`,
  acquire: ({ who, what }) =>
    what === 'lock'
      ? `${who} takes the lock.`
      : what === 'semaphore'
        ? `${who} takes a permit and goes in.`
        : `${who} passes without waiting.`,
  release: ({ who, woken, what, before }) => {
    const [ready, later] = woken.count === 1 ? ['is', 'runs'] : ['are', 'run'];
    const when = before === null ? `but ${ready} only ready` : `but ${later} after ${before}`;
    return `${who} ${gives[what]}: ${is(woken, 'wakes', 'wake')}, ${when}.`;
  },
  frees: ({ who, what }) => `${who} ${gives[what]}; nobody waits for it.`,
  gives: ({ generator }) => `${generator} gives one item.`,
  closes: ({ generator }) => `${generator} is closed before its end.`,
  runsOut: ({ generator }) => `${generator} has no more items.`,
  enters: ({ who, name }) => `${who} has entered ${name}.`,
  exits: ({ who, name, error }) => (error === null ? `${who} has left ${name}.` : `${error} leaves ${name}.`),
  becomes: ({ who, name, value }) =>
    value === null ? `${name} has no value in ${who} any more.` : `${name} is ${value} in ${who} now.`,
  cancel: ({ who, many }) => `${who} asks ${many.text} to cancel.`,
  sleeps: ({ who, time, next }) =>
    next === null ? `${who} sleeps ${time}; nobody is ready now.` : `${who} sleeps ${time}; ${next} is next.`,
  yields: ({ who }) => `${who} yields and goes to the end of the line.`,
  joins: ({ who, op, many }) =>
    op === 'await' ? `${who} waits for ${many.text}.` : `${who} waits in ${op} for ${many.text}.`,
  firstOf: ({ who }) => `${who} waits for whichever finishes first.`,
  atMost: ({ who, time }) => `${who} waits, but for ${time} at most.`,
  queues: ({ who, what }) => lines[what](who),
  waitsThread: ({ who, job, pool }) => `${who} waits for ${job} in a ${pool}.`,
  waitsAnswer: ({ who, place }) => `${who} waits for ${place}'s answer.`,
  waitsData: ({ who, place }) => `${who} waits for data from ${place}.`,
  waitsConnection: ({ who }) => `All connections are in use: ${who} waits for a free one.`,
  waits: ({ who, op }) => `${who} waits in ${op}.`,
  resumes: ({ who, after }) =>
    ({
      sleep: `${who} has slept and runs on.`,
      result: `${who} has its result and runs on.`,
      resource: `It is the turn of ${who}, which runs on.`,
      other: `${who} runs on.`,
    })[after],
  cancelled: ({ who }) => `The cancel reaches ${who} as a CancelledError.`,
  passedOn: ({ who }) => `What ${who} waited for was cancelled: CancelledError.`,
  callback: ({ name }) => `The loop calls ${name}.`,
  reschedules: ({ who, time }) =>
    time === null ? `${who} takes the deadline away.` : `${who} moves the deadline to ${time}.`,
  fills: ({ who }) => `${who} waits for a Future to be filled.`,
  done: ({ who, woken }) =>
    woken.count === 0 ? `${who} has finished.` : `${who} has finished, so ${is(woken, 'wakes', 'wake')}.`,
  failed: ({ who, error, cancels, others }) =>
    cancels.count > 0
      ? `${who} failed, so ${is(cancels, 'is', 'are')} cancelled.`
      : `${who} ends with ${error}${others ? '; the others go on' : ''}.`,
  endsCancelled: ({ who }) => `${who} ends, cancelled.`,
  passes: ({ time, woken, first }) =>
    woken.count === 0
      ? `${time} pass while all wait.`
      : `${first ? 'All wait. ' : ''}After ${time} ${is(woken, 'wakes', 'wake')}.`,
  timeUp: ({ time, woken }) => `After ${time} the time is up: ${is(woken, 'wakes', 'wake')}.`,
  due: ({ time, name }) => `After ${time} it is time to call ${name}.`,
  timeout: ({ time, many }) => `${time} are over: a cancel goes to ${many.text}.`,
  threadDone: ({ woken, jobs, pool }) =>
    `${jobs.count === 1 ? `${jobs.text} ends in its ${pool}` : `${jobs.count} jobs end`}: ${is(woken, 'wakes', 'wake')}.`,
  blocked: ({ api, time, loop }) =>
    loop ? `${api} blocks the whole loop for ${time}.` : `Nothing else can happen for ${time}.`,
  raise: ({ who, error }) => `${error} in ${who}.`,
  deadlock: ({ knot }) =>
    ({
      ring: 'Everyone waits for someone: nobody can move.',
      self: 'It waits for what only it could give back.',
      nobody: 'No task is left to wake up those that wait.',
    })[knot],
  limit: ({ what }) => `${englishLimits[what] ?? 'A limit was reached'}: it stops here.`,
  end: ({ time, apart, many }) =>
    time === null
      ? 'Done, with no waiting at all.'
      : apart !== null
        ? `All done in ${time}; one after another: ${apart}.`
        : many
          ? `All done after ${time}.`
          : `Done after ${time}.`,
  neverAwaited: ({ coroutine }) => `Done, but ${coroutine} was called once without await.`,
  neverRetrieved: ({ error }) => `Done, but nobody took one ${error}.`,
  endRaised: ({ error }) => `The program ends with ${error}.`,
  endStopped: () => 'The recording stops here.',
};
