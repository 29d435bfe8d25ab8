/** The quiet theme's colours, in which Mermaid draws; pages name the tokens instead, so that any theme colours them. */
const tokens = {
  bg: '#fcfdfa',
  surface: '#ffffff',
  ink: '#1b1e23',
  'ink-muted': '#5a6069',
  rule: '#d9dbd4',
  accent: '#0072b2',
  'code-bg': '#eaf0f3',
  ready: '#56b4e9',
  'ready-fill': '#e3f2fc',
  waiting: '#8a9099',
  cancelled: '#cc79a7',
  error: '#d55e00',
  'error-fill': '#fdf1e9',
} as const;

const { ink, accent, error, rule, surface, bg } = tokens;
/** Grounds on which ink reads in every theme and scheme. */
const grounds = [tokens['ready-fill'], tokens['error-fill'], tokens['code-bg'], rule, surface];
const strokes = [accent, error, tokens['ink-muted'], tokens.waiting, tokens.cancelled, tokens.ready];

/** Numbered variables: `pie1` to `pie12`. */
function numbered(name: string, from: number, to: number, colours: readonly string[]): [string, string][] {
  return Array.from({ length: to - from + 1 }, (_, n) => [`${name}${from + n}`, colours[n % colours.length] ?? ink]);
}

/** Variables of Mermaid's theme `base` (`mermaid/src/themes/theme-base.js`), each one of our colours. */
export const themeVariables: Readonly<Record<string, string>> = {
  background: bg,
  primaryColor: tokens['code-bg'],
  primaryTextColor: ink,
  primaryBorderColor: accent,
  secondaryColor: tokens['ready-fill'],
  secondaryTextColor: ink,
  secondaryBorderColor: accent,
  tertiaryColor: surface,
  tertiaryTextColor: ink,
  tertiaryBorderColor: rule,
  lineColor: tokens['ink-muted'],
  textColor: ink,
  titleColor: ink,
  nodeTextColor: ink,
  clusterBkg: surface,
  clusterBorder: rule,
  edgeLabelBackground: bg,
  actorBkg: tokens['code-bg'],
  actorBorder: accent,
  actorTextColor: ink,
  actorLineColor: tokens.waiting,
  signalColor: tokens['ink-muted'],
  signalTextColor: ink,
  labelBoxBkgColor: surface,
  labelBoxBorderColor: tokens.waiting,
  labelTextColor: ink,
  loopTextColor: ink,
  activationBkgColor: tokens['ready-fill'],
  activationBorderColor: accent,
  sequenceNumberColor: bg,
  noteBkgColor: tokens['error-fill'],
  noteBorderColor: error,
  noteTextColor: ink,
  sectionBkgColor: tokens['code-bg'],
  altSectionBkgColor: bg,
  sectionBkgColor2: tokens['code-bg'],
  excludeBkgColor: rule,
  taskBkgColor: tokens['ready-fill'],
  taskBorderColor: accent,
  taskTextColor: ink,
  taskTextLightColor: ink,
  taskTextDarkColor: ink,
  taskTextOutsideColor: ink,
  taskTextClickableColor: ink,
  activeTaskBkgColor: surface,
  activeTaskBorderColor: accent,
  doneTaskBkgColor: rule,
  doneTaskBorderColor: tokens.waiting,
  critBkgColor: tokens['error-fill'],
  critBorderColor: error,
  gridColor: rule,
  todayLineColor: error,
  pieStrokeColor: tokens['ink-muted'],
  pieOuterStrokeColor: tokens['ink-muted'],
  pieTitleTextColor: ink,
  pieSectionTextColor: ink,
  pieLegendTextColor: ink,
  pieOpacity: '1',
  attributeBackgroundColorOdd: surface,
  attributeBackgroundColorEven: tokens['code-bg'],
  commitLabelColor: ink,
  commitLabelBackground: bg,
  tagLabelColor: ink,
  tagLabelBackground: tokens['code-bg'],
  tagLabelBorder: accent,
  errorBkgColor: tokens['error-fill'],
  errorTextColor: ink,
  ...Object.fromEntries([
    ...numbered('pie', 1, 12, grounds),
    ...numbered('cScale', 0, 11, grounds),
    ...numbered('cScaleLabel', 0, 11, [ink]),
    ...numbered('cScalePeer', 0, 11, strokes),
    ...numbered('cScaleInv', 0, 11, strokes),
    ...numbered('fillType', 0, 7, grounds),
    ...numbered('git', 0, 7, strokes),
    ...numbered('gitInv', 0, 7, [bg]),
    ...numbered('gitBranchLabel', 0, 7, [bg]),
  ]),
};

/** A picture's colours as the tokens that are nearest to them: what an author names in a diagram follows the theme too. */
export function withTokens(svg: string): string {
  return svg.replace(
    /#[\da-f]{3,8}\b(?=["'\s;,)!}])|\b(?:rgb|hsl)a?\([^()]*\)|(?<=[:"]\s*)(?:black|white|gr[ae]y|lightgr[ae]y|navy|red|green|blue|yellow|orange)(?=["\s;!])/gi,
    (colour) => {
      const parsed = channels(colour.toLowerCase());
      return parsed ? `var(--lr-${nearest(parsed)})` : colour;
    },
  );
}

type Channels = readonly [number, number, number];

function nearest([red, green, blue]: Channels): string {
  const distance = (hex: string) => {
    const [r, g, b] = fromHex(hex);
    return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  };
  return Object.entries(tokens).reduce((best, entry) => (distance(entry[1]) < distance(best[1]) ? entry : best), [
    'ink',
    ink,
  ] as [string, string])[0];
}

const names: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  gray: '#808080',
  grey: '#808080',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  navy: '#000080',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
};

/** Red, green and blue from 0 to 255; undefined for what is transparent or no colour. */
function channels(colour: string): Channels | undefined {
  if (colour.startsWith('#')) return colour.length === 4 || colour.length === 7 ? fromHex(colour) : undefined;
  const name = names[colour];
  if (name) return fromHex(name);
  const numbers = (colour.match(/-?[\d.]+/g) ?? []).map(Number);
  const [a = 0, b = 0, c = 0, alpha = 1] = numbers;
  if (alpha < 0.1 || numbers.length < 3) return undefined;
  return colour.startsWith('rgb') ? [a, b, c] : fromHsl(a, b / 100, c / 100);
}

function fromHex(hex: string): Channels {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : (hex.slice(1).match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

/** CSS Color 4, §7.1. */
function fromHsl(hue: number, saturation: number, lightness: number): Channels {
  const part = (n: number) => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return (
      255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
    );
  };
  return [part(0), part(8), part(4)];
}
