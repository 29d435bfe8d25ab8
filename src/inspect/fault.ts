/** What of a slide a fault is about. */
export type Part = 'title' | 'text' | 'table' | 'code' | 'output' | 'picture' | 'replay';

/** Where a fault is. */
export interface Place {
  /** Line of the note; null where only the slide is known. */
  readonly line: number | null;
  /** Path of the included note that the line is in; null for the note's own. */
  readonly file: string | null;
  readonly part: Part;
  /** How its text begins, to find it by; empty for pictures. */
  readonly text: string;
}

/** Which side of its box something leaves. */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** What can be wrong with a slide as it is drawn. Values are plain: they travel out of the page as JSON. */
export type Finding =
  /** `lost`: the audience does not see it, because it is cut off or beyond the slide. */
  | { readonly kind: 'overflow'; readonly pixels: number; readonly side: Side; readonly lost: boolean }
  | { readonly kind: 'size'; readonly pixels: number; readonly floor: number }
  | {
      readonly kind: 'contrast';
      readonly ratio: number;
      readonly needed: number;
      readonly colours: readonly [string, string];
      readonly scheme: Scheme;
    }
  | { readonly kind: 'accessibility'; readonly rule: string; readonly help: string; readonly url: string };

/** A finding at its place. */
export type Fault = Place & Finding;

/** The colours of a page. */
export type Scheme = 'light' | 'dark';
