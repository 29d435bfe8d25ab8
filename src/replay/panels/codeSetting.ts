import { type Replay, shownLine } from '../replay.ts';
import { widthOf } from '../shapes.ts';
import { parkingLines, standing } from './codeCursors.ts';
import { type Row, wrap } from './codeRows.ts';

/** Badges of one line that its code leaves room for; more may cover it. */
const mostBadges = 3;

/** How the code is set; sizes in pixels. */
export interface CodeStyle {
  /** Font sizes to try, falling, and the largest one for code that does not show whole. */
  readonly sizes: readonly number[];
  readonly folded: number;
  readonly lineHeights: readonly [least: number, most: number];
  readonly rows: number;
  /** Whether lines that nobody is in are folded when there are too many. */
  readonly folds: boolean;
  /** Left edge of the code inside of the panel, right of the line numbers. */
  readonly indent: number;
  readonly badge: { readonly height: number; readonly size: number };
  readonly padding: number;
  /** Width of the strong edge beside the running line. */
  readonly edge: number;
}

/** The code at one size: the rows of each line. */
interface Setting {
  readonly size: number;
  readonly wrapped: readonly (readonly Row[])[];
}

/** The settings of each replay, found once for each panel. */
const settings = new WeakMap<Replay, Map<string, Setting>>();

/** The setting of a replay's code in a field of that size: the same at every step, so that nothing jumps. */
export function knownSetting(replay: Replay, width: number, height: number, style: CodeStyle): Setting {
  const known = settings.get(replay) ?? new Map<string, Setting>();
  settings.set(replay, known);
  const key = `${width} ${height} ${style.sizes.join()}`;
  const setting = known.get(key) ?? settingOf(replay, width, height, style);
  known.set(key, setting);
  return setting;
}

/**
 * The largest size at which the code shows whole, with hardly more rows than at the smallest; for code that is folded
 * anyway the largest at which no line is wrapped.
 */
function settingOf(replay: Replay, width: number, height: number, style: CodeStyle): Setting {
  const badges = badgeRooms(replay, style);
  const tried = style.sizes.map((size): Setting => {
    const room = (badge = 0) => Math.floor(((width - badge) * 2) / size);
    // Badges stand in a line's first row.
    return { size, wrapped: replay.data.code.map((line, n) => wrap(line, n + 1, room(badges.get(n + 1)), room())) };
  });
  const lines = replay.data.code.length;
  const more = ({ wrapped }: Setting) => wrapped.flat().length - lines;
  const last = tried.at(-1) ?? { size: 24, wrapped: [] };
  const fits = (setting: Setting, rows: number) => {
    const most = Math.min(style.rows, height / lineHeights(setting.size, style)[0]);
    return more(setting) <= more(last) + rows && lines + more(setting) <= most;
  };
  // Being larger than other code is worth no broken line, not being small is worth one.
  const few = Math.floor(lines / 8);
  const whole = tried.find((setting) => fits(setting, setting.size > style.folded ? 0 : few));
  if (whole && whole.size < style.folded - 2)
    return tried.find((setting) => setting.size <= style.folded && fits(setting, few + 1)) ?? whole;
  return whole ?? tried.find((setting) => setting.size <= style.folded && more(setting) === 0) ?? last;
}

/** Pixels that each line leaves to the badges of those who stand there: one, or several at a key step. */
function badgeRooms(replay: Replay, style: CodeStyle): ReadonlyMap<number, number> {
  const one = badgeRoom(replay, style);
  const rooms = new Map([...parkingLines(replay)].map((line) => [line, one]));
  for (const { index } of replay.keySteps) {
    const tasks = standing(replay.stateAt(index));
    for (const [line, room] of rooms) {
      const together = tasks
        .filter(({ site }) => shownLine(replay, site) === line)
        .slice(0, mostBadges)
        .reduce((sum, { id }) => sum + badgeWidth(replay.labels.get(id) ?? '?', style) + 6, 12);
      rooms.set(line, Math.max(room, together));
    }
  }
  return rooms;
}

/** The least and the most height of a row of code. */
export function lineHeights(
  size: number,
  { lineHeights: [least, most] }: CodeStyle,
): readonly [least: number, most: number] {
  const tight = Math.max(least, size * 1.2);
  return [tight, Math.max(tight, Math.min(most, size * 1.5))];
}

/** Pixels that the widest badge takes with the room around it. */
function badgeRoom(replay: Replay, style: CodeStyle): number {
  const { height, size } = style.badge;
  return 10 + Math.max(height, replay.labels.size > 0 ? replay.labelWidth * size + height * 0.45 : 0);
}

/** Pixels that a badge with that label is wide. */
export function badgeWidth(label: string, style: CodeStyle): number {
  const { height, size } = style.badge;
  return Math.max(height, widthOf(label, { size, weight: 'bold' }) + height * 0.45);
}
