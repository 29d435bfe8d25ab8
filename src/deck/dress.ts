import { isLayoutName, type LayoutName } from '../notes/layoutNames.ts';

/** What an author says of one slide with `::slide`, ready to be drawn. */
export interface Dress {
  /** Names for an own theme's rules, separated by spaces. */
  readonly classes?: string;
  /** A colour (`#rrggbb`), or the address of a picture below the deck's folder. */
  readonly ground?: string;
  /** The scheme whose ink reads on the ground. */
  readonly scheme?: 'light' | 'dark';
  /** Name of the layout that it must have. */
  readonly layout?: LayoutName;
}

/** Reads the attributes of a `::slide`. */
export function dressOf({
  class: classes,
  background,
  layout,
}: Readonly<Record<string, string | null | undefined>>): Dress {
  const ground = background && background !== 'dark' && background !== 'light' ? background : undefined;
  const scheme = background ? schemeOn(background) : undefined;
  return {
    ...(classes ? { classes } : {}),
    ...(ground ? { ground } : {}),
    ...(scheme ? { scheme } : {}),
    ...(isLayoutName(layout) ? { layout } : {}),
  };
}

/** What a slide's element tells of it. */
interface Dressed {
  readonly kind: string;
  readonly layout?: LayoutName;
  readonly centred?: boolean;
  readonly dress?: Dress;
}

/**
 * Attributes of a slide's element; the same on screen and on paper.
 *
 * @param classes Its classes besides those of its kind, its layout and its dress.
 */
export function dressed({ kind, layout, centred, dress }: Dressed, classes: readonly string[]) {
  const { classes: own, ground, scheme } = dress ?? {};
  const said = [
    ...classes,
    ...(kind === 'text' ? [] : [kind]),
    ...(layout ? [`layout-${layout}`] : []),
    ...(centred ? ['centred'] : []),
    ...(layout === 'picture' && dress?.layout === 'picture' ? ['bleeding'] : []),
  ];
  const picture = ground !== undefined && !ground.startsWith('#');
  const aside = centred || kind === 'title' || kind === 'section';
  const style = picture
    ? `background-image:${aside ? veils.aside : veils.even},url("${encodeURI(ground).replaceAll('"', '%22')}")`
    : `background-color:${ground}`;
  const grounded = [...(ground || scheme ? ['grounded'] : []), ...(picture ? ['pictured'] : [])];
  return {
    class: [...said, ...(own ? own.split(' ') : []), ...grounded].join(' '),
    ...(ground === undefined ? {} : { style }),
    ...(scheme ? { dataScheme: scheme } : {}),
  };
}

/**
 * What darkens a picture until text reads on it, were it white: all of it, or, where the text keeps to the left, that
 * side more than the other, so that more is seen of the picture. Text there has the ink's colour alone.
 */
export const veils = {
  even: 'linear-gradient(rgb(16 18 22 / 82%),rgb(16 18 22 / 82%))',
  aside: 'linear-gradient(90deg,rgb(16 18 22 / 82%) 50%,rgb(16 18 22 / 58%))',
} as const;

/** On pictures, which are darkened, text is light; on a colour the ink with the better contrast is taken. */
function schemeOn(background: string): 'light' | 'dark' {
  if (background === 'dark' || background === 'light') return background;
  if (!background.startsWith('#')) return 'dark';
  const digits =
    background.length === 4 ? [...background.slice(1)].map((digit) => digit + digit) : background.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  // WCAG 2's relative luminance; at 0.179 black and white have the same contrast.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? 'light' : 'dark';
}
