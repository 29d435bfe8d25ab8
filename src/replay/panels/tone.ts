import type { Glyph } from '../shapes.ts';
import type { State } from '../state.ts';

/** How the thread and its line look when what has it is no ordinary run. */
export interface Tone {
  /** Added to class names. */
  readonly name: '' | ' alert' | ' cancelled';
  readonly glyph: Glyph;
}

/** A blocked loop and an error alarm; a cancel that has arrived is as calm as the cancelled are. */
export function toneOf(state: State): Tone {
  if (state.blocked) return { name: ' alert', glyph: 'error' };
  const error = state.raised?.error.type ?? (state.running?.cancelled ? 'CancelledError' : null);
  if (error === null) return { name: '', glyph: 'run' };
  return error === 'CancelledError' ? { name: ' cancelled', glyph: 'cancelled' } : { name: ' alert', glyph: 'error' };
}
