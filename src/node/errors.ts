/**
 * Something that the user can mend: told in one message, without a stack, exit code 1.
 * Say what was wrong, the value in backticks, and what to do next.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** A wrong command line: exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/** Whether `error` is Node's system error with one of these codes (`ENOENT`, …). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
