import type { TraceEvent } from '../trace/events.ts';
import type { Language } from './data.ts';
import { reasonOf, resourceName } from './reasons.ts';
import { type Replay, shownLine } from './replay.ts';
import type { Shape } from './shapes.ts';
import { lineText, words } from './words.ts';

/** What a part of a picture stands for. */
export type Subject =
  | { readonly kind: 'task'; readonly id: number }
  /** A line of the block, by the number that it is shown with. */
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'resource'; readonly id: number };

/** The shape, standing for something wherever a pointer touches it. */
export function standingFor(shape: Shape, subject: Subject): Shape {
  return { ...shape, about: () => subject };
}

/**
 * The stops at which something happens to a subject: a task is mentioned, a line runs, a resource changes.
 *
 * @returns Event indices, in order.
 */
export function stopsOf(replay: Replay, subject: Subject): readonly number[] {
  const { stops, history, trace } = replay;
  return stops.filter((stop, n) => {
    for (let i = history.beats[n]?.index ?? stop; i <= stop; i++) {
      const event = trace.events[i];
      if (event && concerns(replay, subject, event)) return true;
    }
    return false;
  });
}

function concerns(replay: Replay, subject: Subject, event: TraceEvent): boolean {
  switch (subject.kind) {
    case 'task':
      return event.task === subject.id;
    case 'line':
      return event.k === 'line' && shownLine(replay, event.site) === subject.line;
    case 'resource':
      return event.k === 'res' && event.r === subject.id;
  }
}

/** The words of a description. */
interface SubjectWords {
  readonly made: (parent: string, line: string) => string;
  readonly runs: (count: number) => string;
  readonly never: string;
  readonly held: (tasks: string) => string;
  readonly queue: (tasks: string) => string;
  readonly nobody: string;
}

const subjectWords: Readonly<Record<Language, SubjectWords>> = {
  ko: {
    made: (parent, line) => `${parent}${line === '' ? '' : ` ${line}`}에서 만듦`,
    runs: (count) => `${count}번 실행됨`,
    never: '실행되지 않음',
    held: (tasks) => `쥔 태스크: ${tasks}`,
    queue: (tasks) => `줄: ${tasks}`,
    nobody: '아무도 쥐지 않음',
  },
  en: {
    made: (parent, line) => `made by ${parent}${line === '' ? '' : `, ${line}`}`,
    runs: (count) => (count === 1 ? 'runs once' : `runs ${count} times`),
    never: 'never runs',
    held: (tasks) => `held by ${tasks}`,
    queue: (tasks) => `in line: ${tasks}`,
    nobody: 'held by nobody',
  },
};

/** What a subject is and how it stands at event `index`, as short lines; none for what is not there yet. */
export function describe(replay: Replay, index: number, subject: Subject): readonly string[] {
  const { lang } = replay.data;
  const w = subjectWords[lang];
  const state = replay.stateAt(index);
  const label = (id: number) => replay.labels.get(id) ?? '?';
  switch (subject.kind) {
    case 'task': {
      const task = state.tasks.get(subject.id);
      const spawn = replay.trace.events.find((event) => event.k === 'spawn' && event.id === subject.id);
      if (!task || spawn?.k !== 'spawn') return [];
      // What has no text of its own (`<Semaphore object>`) tells nothing here.
      const given = spawn.args.filter(([, value]) => !/^<.* object>$/.test(value));
      const call = `${task.coroutine}(${given.map(([name, value]) => `${name}=${value}`).join(', ')})`;
      const line = shownLine(replay, spawn.site);
      const parent = task.parent === null ? words[lang].program : label(task.parent);
      return [
        `${label(task.id)} · ${call}`,
        reasonOf(replay, state, task).text,
        w.made(parent, line === null ? '' : lineText(line, lang)),
      ];
    }
    case 'line': {
      const count = stopsOf(replay, subject).length;
      return [`${lineText(subject.line, lang)} · ${count === 0 ? w.never : w.runs(count)}`];
    }
    case 'resource': {
      const resource = state.resources.get(subject.id);
      if (!resource) return [];
      const holders = [...resource.owners, ...resource.granted].map(label).join(', ');
      const held = /Semaphore|Lock/.test(resource.kind) ? [holders === '' ? w.nobody : w.held(holders)] : [];
      const waiters = resource.waiters.map(label).join(', ');
      return [
        `${resourceName(replay, resource)}${resource.label === '' ? '' : ` · ${resource.label}`}`,
        ...held,
        ...(waiters === '' ? [] : [w.queue(waiters)]),
      ];
    }
  }
}
