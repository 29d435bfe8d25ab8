/** A rectangle, in pixels of the slide. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of text that looks the same throughout. */
export interface Run {
  readonly text: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Size in pixels. */
  readonly pixels: number;
  readonly bold?: true;
  readonly slanted?: true;
  readonly code?: true;
  /** Colour behind it. */
  readonly ground?: string;
  readonly raised?: 'above' | 'below';
  /** An address, or `#` and a slide's id. */
  readonly link?: string;
  /** A new row begins with it, in the same paragraph. */
  readonly breaks?: true;
}

/** What stands before an item of a list. */
export interface Mark {
  /** A character, or a number to count from. */
  readonly sign: string | number;
  readonly colour: string;
}

/** A paragraph, an item of a list or a line of code. */
export interface Paragraph {
  readonly runs: readonly Run[];
  readonly align: 'left' | 'center' | 'right';
  /** Pixels from one row to the next, and from the paragraph before it. */
  readonly rowHeight: number;
  readonly gap: number;
  /** How deep it lies in lists, and the pixels that it stands in. */
  readonly level: number;
  readonly indent: number;
  readonly mark?: Mark;
}

/** A cell of a table. */
export interface Cell {
  readonly paragraph: Paragraph;
  /** Pixels between its left edge and its text. */
  readonly left: number;
  readonly rule: { readonly colour: string; readonly width: number };
  readonly columns: number;
}

/** What a slide is made of, as a browser has drawn it. */
export type Part =
  | {
      readonly kind: 'card';
      readonly area: Area;
      readonly fill?: string;
      readonly edge?: { readonly colour: string; readonly width: number };
      readonly radius: number;
    }
  | {
      readonly kind: 'text';
      readonly area: Area;
      readonly paragraphs: readonly Paragraph[];
      /** Whether its rows may break where they must: code keeps its rows. */
      readonly wraps: boolean;
      readonly title?: true;
    }
  | {
      readonly kind: 'table';
      readonly area: Area;
      /** Widths of the columns, heights of the rows, in pixels. */
      readonly columns: readonly number[];
      readonly rows: readonly { readonly height: number; readonly cells: readonly Cell[] }[];
    }
  | { readonly kind: 'picture'; readonly area: Area /** Empty for what only adorns. */; readonly alt: string };

/** A whole slide. */
export interface SlideParts {
  readonly ground: string;
  /** Whether a picture is its ground. */
  readonly pictured: boolean;
  /** Colour of its footer, where it has one. */
  readonly muted?: string;
  readonly parts: readonly Part[];
}
