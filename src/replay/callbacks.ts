import { clip, columns } from '../text/width.ts';
import type { Language } from './data.ts';
import { words } from './words.ts';

/**
 * What a callback is called, at most 16 columns: `Event.set` is `set`, a lambda only a callback.
 *
 * @param label Its qualified name, as the trace has it.
 */
export function callbackName(label: string, lang: Language): string {
  const name = label.split('.').at(-1) ?? '';
  return /^\w+$/.test(name) ? clip(name, 16, columns) : words[lang].callback;
}
