import type { Reel } from './reel.ts';

/** What an animated picture holds besides its drawing. */
export interface AnimatedSvg {
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  /** Styles of the drawing, fonts included. */
  readonly css: string;
  /** The `<svg>` with a `<symbol>` for each emoji. */
  readonly sprite: string;
}

/** Pixels of ground around the drawing, and of the row of marks below it, one for each frame. */
const margin = 40;
const marks = { height: 8, gap: 8, room: 32 } as const;

/**
 * A reel as an SVG file that plays by itself, for places that take pictures but no scripts and no frames. It starts
 * anew after a pause; who asks for reduced motion, or reads with something that plays nothing, sees its last frame.
 */
export function writeAnimatedSvg(reel: Reel, { title, lang, css, sprite }: AnimatedSvg): string {
  const { width, height, frames, sets, svg } = reel;
  // One frame alone has come nowhere.
  const moves = frames.length > 1;
  const [wide, high] = [width + 2 * margin, height + 2 * margin + (moves ? marks.room : 0)];
  const steps = frames.map(({ caption }, n) => `${n + 1}. ${caption}`).join('\n');
  // How far it has come: marks fill from the left.
  const share = (width + marks.gap) / frames.length;
  const row = (name: (n: number) => string) =>
    frames
      .map(
        (_, n) =>
          `<rect class="${name(n)}" x="${Math.round((margin + n * share) * 10) / 10}" y="${high - margin - marks.height}" width="${Math.round((share - marks.gap) * 10) / 10}" height="${marks.height}" rx="${marks.height / 2}"/>`,
      )
      .join('');
  const passed = (moves ? frames : []).map((_, n) => frames.map((_, k) => k).slice(n));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" lang="${attribute(lang)}" role="img" aria-labelledby="title desc">
<title id="title">${text(title)}</title>
<desc id="desc">${text(steps)}</desc>
<style>${text(`${css}\n.reel-ground{fill:var(--lr-bg);stroke:var(--lr-rule);stroke-width:2}.reel-mark{fill:var(--lr-rule)}.reel-passed{fill:var(--lr-running)}\n${timing(frames, [...sets, ...passed])}`)}</style>
${sprite}<rect class="reel-ground" x="1" y="1" width="${wide - 2}" height="${high - 2}" rx="24"/>
${svg.replace('<svg', `<svg x="${margin}" y="${margin}" width="${width}" height="${height}"`)}
${moves ? row(() => 'reel-mark') : ''}${moves ? row((n) => `reel-passed f${sets.length + n}`) : ''}
</svg>
`;
}

/** When each set of frames is shown: `step-end` holds a value until the next one, so nothing fades. */
function timing(frames: Reel['frames'], sets: Reel['sets']): string {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let passed = 0;
  const starts = frames.map(({ seconds }) => {
    const start = passed;
    passed += seconds;
    return Math.round((start / total) * 1e4) / 100;
  });
  const last = frames.length - 1;
  return sets
    .map((shown, n) => {
      const stops = frames.flatMap((_, k) => {
        const visible = shown.includes(k);
        return k > 0 && visible === shown.includes(k - 1) ? [] : [`${starts[k]}%{visibility:${word(visible)}}`];
      });
      const still = `.f${n}{visibility:${word(shown.includes(last))}}`;
      return `${still}@keyframes f${n}{${stops.join('')}}@media (prefers-reduced-motion:no-preference){.f${n}{animation:f${n} ${Math.round(total * 10) / 10}s step-end infinite}}`;
    })
    .join('\n');
}

function word(visible: boolean): string {
  return visible ? 'visible' : 'hidden';
}

function text(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function attribute(content: string): string {
  return text(content).replaceAll('"', '&quot;');
}
