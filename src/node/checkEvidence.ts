import type { Evidence, Times } from '../check/evidence.ts';
import type { Trace, TraceEvent } from '../trace/events.ts';
import { readTrace, TraceError } from '../trace/read.ts';
import type { BlockRecording } from './record/record.ts';

/** Instants of a run that are looked at: more tell nothing that these do not. */
const mostInstants = 300;

/**
 * A recording as claims are judged by.
 *
 * @param ownNetwork Whether the note itself says what the simulated network answers.
 * @param seed That of its world; 0 for the one of recordings.
 */
export function evidenceOf(recording: BlockRecording, ownNetwork: boolean, seed = 0): Evidence {
  const { status, reason, error, check } = recording;
  const trace = traceOf(recording);
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(error === undefined ? {} : { error }),
    pieces: (check?.pieces ?? []).map(([nanoseconds, line, statement, stream, text]) => ({
      seconds: nanoseconds / 1e9,
      line,
      statement,
      stream,
      text,
    })),
    mode: check?.mode ?? 'script',
    times: trace ? timesOf(trace) : { end: 0, spans: [], instants: [] },
    busySeconds: check?.busySeconds ?? 0,
    slow: seed % 3 === 0 && seed !== 0,
    outside: !ownNetwork && (trace?.events.some(isTransfer) ?? false),
  };
}

/** What stays in the computer: files, and what the block says to a server of its own. */
const inside = /^(?:file |unix |(?:tcp|udp) (?:localhost|127\.[\d.]+|0\.0\.0\.0|::1?):\d+$)/;

/** Whether an event is of a network that is not there. */
function isTransfer(event: TraceEvent): boolean {
  return event.k === 'io' && event.simulated && !inside.test(event.what);
}

/** A block runs in the interpreter that records it, so a hostile one can forge its trace: then there is none. */
function traceOf({ trace }: BlockRecording): Trace | undefined {
  try {
    return trace === undefined ? undefined : readTrace(trace);
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}

function timesOf({ header, events }: Trace): Times {
  const end = (events.at(-1)?.t ?? 0) / 1e9;
  const spans: number[] = [];
  const open = new Map<number, number>();
  let statement: { readonly line: number; readonly t: number } | undefined;
  for (const event of events) {
    if (event.k === 'open') open.set(event.loop, event.t);
    else if (event.k === 'close') spans.push((event.t - (open.get(event.loop) ?? event.t)) / 1e9);
    else if (event.k === 'line') {
      const [line = 0, name] = header.sites[event.site] ?? [];
      if (name !== '<module>' || line === statement?.line) continue;
      if (statement) spans.push((event.t - statement.t) / 1e9);
      statement = { line, t: event.t };
    }
  }
  if (statement) spans.push(end - statement.t / 1e9);
  const instants = [...new Set(events.map(({ t }) => t / 1e9))].slice(0, mostInstants);
  return { end, spans: [...new Set(spans.filter((span) => span > 0))], instants };
}
