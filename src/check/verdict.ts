import type { Claim } from '../notes/note.ts';

/** What became of one claim. */
export interface Verdict {
  readonly kind: /** What it says is what happened. */
    | 'true'
    /** It says something else. */
    | 'false'
    /** It differs only where runs differ from each other. */
    | 'free'
    /** Its block did not get there. */
    | 'unknown'
    /** It is a comment that is no claim. */
    | 'none';
  readonly claim: Claim;
  readonly line: number;
  readonly endLine: number;
  /** What the note says. */
  readonly said: string;
  /** What happened instead; empty where that is not known. */
  readonly real: string;
  /** What it speaks of. */
  readonly about: 'output' | 'comment' | 'duration';
  /** Why it is free or unknown, or what its duration speaks of: a few words. */
  readonly reason?: string;
  /** What to write in its place, line by line of the note; undefined where nobody can know. */
  readonly correction?: readonly string[];
}
