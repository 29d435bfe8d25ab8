import { parseJson } from '../../trace/parseJson.ts';
import { isEvidence } from './evidence.ts';
import type { BlockRecording } from './record.ts';

const statuses: ReadonlySet<unknown> = new Set(['ran', 'raised', 'skipped', 'stopped']);
const texts = ['reason', 'stderr', 'trace'] as const;

/**
 * Reads what the recorder answered. Its Python ran in the same interpreter as the note's, so nothing in it is believed
 * before it was looked at.
 *
 * @param text JSON, as `record_block` gives it.
 * @param id Block that was asked for.
 * @returns The recording with known fields only, or null when the answer is not one.
 */
export function readAnswer(text: string, id: string): BlockRecording | null {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return null;
  }
  if (!isRecording(value) || value.id !== id) return null;
  const { status, reason, stdout, stderr, error, trace, faults, check } = value;
  const column = error?.column;
  return {
    id,
    status,
    ...(reason !== undefined && { reason }),
    stdout,
    ...(stderr !== undefined && { stderr }),
    ...(error !== undefined && {
      error: {
        text: error.text,
        line: error.line,
        ...(column !== undefined && { column }),
        traceback: error.traceback,
      },
    }),
    ...(trace !== undefined && { trace }),
    ...(faults !== undefined && { faults }),
    ...(check !== undefined && { check }),
  };
}

/** Whether a value has the shape of a recording; fields that it does not know are left alone. */
export function isRecording(value: unknown): value is BlockRecording {
  if (!isRecord(value)) return false;
  if (typeof value.id !== 'string' || !statuses.has(value.status) || typeof value.stdout !== 'string') return false;
  if (texts.some((name) => value[name] !== undefined && typeof value[name] !== 'string')) return false;
  if (value.faults !== undefined && !isTexts(value.faults)) return false;
  if (value.check !== undefined && !isEvidence(value.check)) return false;
  return value.error === undefined || isError(value.error);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isError(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.text === 'string' &&
    isPlace(value.line) &&
    (value.column === undefined || isPlace(value.column)) &&
    typeof value.traceback === 'string'
  );
}

function isPlace(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
