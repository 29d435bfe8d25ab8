/** What a page asks of a replay that it shows in a frame. */
export type Command =
  | { readonly kind: 'play' | 'pause' | 'next' | 'prev' }
  /** `to`: a step, from 1 as the clock counts, or the name of a mark. */
  | { readonly kind: 'seek'; readonly to: number | { readonly mark: string } };

/** What a replay tells the page around it. */
export type Report =
  | { readonly kind: 'ready'; readonly steps: number }
  | { readonly kind: 'step'; readonly step: number; readonly steps: number; readonly caption: string }
  | { readonly kind: 'mark'; readonly label: string }
  | { readonly kind: 'ended' }
  /** Height of the replay's whole page in pixels. */
  | { readonly kind: 'height'; readonly pixels: number };

const namespace = 'loopreel-embed';

/** Sends to the other side of a frame; nothing in it is secret, and a page without a server has no origin to name. */
export function send(target: Window, message: Command | Report): void {
  target.postMessage({ namespace, ...message }, '*');
}

/** A command in a message from anywhere; null for everything else. */
export function readCommand(data: unknown): Command | null {
  const fields = ours(data);
  if (!fields) return null;
  const { kind, to } = fields;
  if (kind === 'play' || kind === 'pause' || kind === 'next' || kind === 'prev') return { kind };
  if (kind !== 'seek') return null;
  if (typeof to === 'number' && Number.isFinite(to)) return { kind, to };
  const mark = to !== null && typeof to === 'object' ? (to as Record<string, unknown>).mark : undefined;
  return typeof mark === 'string' ? { kind, to: { mark } } : null;
}

/** A report in a message from a replay's frame; null for everything else. */
export function readReport(data: unknown): Report | null {
  const fields = ours(data);
  if (!fields) return null;
  const { kind, step, steps, caption, label, pixels } = fields;
  if (kind === 'ended') return { kind };
  if (kind === 'ready' && typeof steps === 'number') return { kind, steps };
  if (kind === 'mark' && typeof label === 'string') return { kind, label };
  if (kind === 'height' && typeof pixels === 'number' && pixels > 0) return { kind, pixels };
  if (kind === 'step' && typeof step === 'number' && typeof steps === 'number' && typeof caption === 'string')
    return { kind, step, steps, caption };
  return null;
}

function ours(data: unknown): Readonly<Record<string, unknown>> | null {
  if (data === null || typeof data !== 'object') return null;
  const fields = data as Readonly<Record<string, unknown>>;
  return fields.namespace === namespace ? fields : null;
}
