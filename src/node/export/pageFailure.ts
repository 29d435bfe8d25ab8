import { tmpdir } from 'node:os';
import { ProtocolError, TimeoutError } from 'puppeteer-core';
import { hasCode, UserError } from '../errors.ts';

/** Milliseconds that a page may take to load; each step of printing has as many (`protocolTimeout` of `chromium.ts`). */
export const patience = 120_000;

/** Whether the browser did not answer in time. */
export function isLate(error: unknown): boolean {
  return error instanceof TimeoutError || (error instanceof ProtocolError && /timed out/.test(error.message));
}

/** What a user can do about pages that could not be shown; anything else comes back as it is. */
export function pageFailure(error: unknown, deck: string): unknown {
  if (isLate(error)) {
    return new UserError(
      `the browser took longer than ${patience / 1000} s over deck \`${deck}\`; look for a picture in it that takes for ever to draw, or run again when the machine is less busy`,
    );
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT') || /^net::ERR_/.test(error instanceof Error ? error.message : '')) {
    return new UserError(
      `the browser could not load the pages of deck \`${deck}\`; see whether the temporary folder \`${tmpdir()}\` has room, or name another one with TMPDIR`,
    );
  }
  return error;
}
