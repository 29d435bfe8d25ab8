import type { Mark, Paragraph, Run } from '../../../inspect/parts/part.ts';
import { codeFont, type OfficeFonts } from './fonts.ts';
import { centipoints, colourXml, escaped, filled, units } from './xml.ts';

/** What writing text needs to know. */
export interface TextContext {
  readonly fonts: OfficeFonts;
  /** `#rrggbb` → name in the theme's colours. */
  readonly theme: ReadonlyMap<string, string>;
  /** Id of the slide's relationship to a link's target; undefined for links that lead nowhere outside of the site. */
  readonly relate: (link: string) => { readonly id: string; readonly jump: boolean } | undefined;
}

const ownColour =
  '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>';

/** Paragraphs as `<a:p>` elements; there is always one. */
export function paragraphsXml(paragraphs: readonly Paragraph[], context: TextContext): string {
  return paragraphs.map((paragraph) => paragraphXml(paragraph, context)).join('') || '<a:p/>';
}

function paragraphXml({ runs, align, rowHeight, gap, level, indent, mark }: Paragraph, context: TextContext): string {
  const { fonts, theme } = context;
  const hanging = mark || runs.some(({ breaks, code }) => breaks && code) ? -units(hangingOf(runs, indent, mark)) : 0;
  const attributes = [
    `marL="${units(indent)}"`,
    `indent="${hanging}"`,
    ...(level > 0 ? [`lvl="${Math.min(level, 8)}"`] : []),
    `algn="${{ left: 'l', center: 'ctr', right: 'r' }[align]}"`,
    // Korean breaks between words, as the deck does.
    ...(fonts.lang === 'ko-KR' ? ['eaLnBrk="0"'] : []),
  ];
  const spacing = `<a:lnSpc><a:spcPts val="${centipoints(rowHeight)}"/></a:lnSpc>${gap > 0.5 ? `<a:spcBef><a:spcPts val="${centipoints(gap)}"/></a:spcBef>` : ''}`;
  const properties = `<a:pPr ${attributes.join(' ')}>${spacing}${markXml(mark, theme)}</a:pPr>`;
  const size = centipoints((runs.at(-1)?.pixels ?? rowHeight / 1.5) * fonts.scale);
  const text = runs.map((run) => `${run.breaks ? '<a:br/>' : ''}${runXml(run, context)}`).join('');
  return `<a:p>${properties}${text}<a:endParaRPr lang="${fonts.lang}" sz="${size}"/></a:p>`;
}

/** Pixels that a paragraph's first row stands out: a list's signs have their room there. */
function hangingOf(runs: readonly Run[], indent: number, mark: Mark | undefined): number {
  const size = runs[0]?.pixels ?? 38;
  if (!mark) return indent;
  return Math.min(
    indent,
    size * (typeof mark.sign === 'number' ? 1.6 : mark.sign === '•' || mark.sign === '–' ? 1.05 : 1.4),
  );
}

function markXml(mark: Mark | undefined, theme: ReadonlyMap<string, string>): string {
  if (!mark) return '<a:buNone/>';
  const colour = `<a:buClr>${colourXml(mark.colour, theme)}</a:buClr>`;
  if (typeof mark.sign === 'number')
    return `${colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="${mark.sign}"/>`;
  const font = mark.sign === '•' || mark.sign === '–' ? 'Arial' : 'Segoe UI Symbol';
  return `${colour}<a:buFont typeface="${font}"/><a:buChar char="${mark.sign}"/>`;
}

function runXml(run: Run, { fonts, theme, relate }: TextContext): string {
  const size = run.pixels * (run.code ? codeFont.scale : fonts.scale);
  const related = run.link === undefined ? undefined : relate(run.link);
  const attributes = [
    `lang="${run.code ? 'en-US' : fonts.lang}"`,
    ...(run.code ? [`altLang="${fonts.lang}"`] : fonts.lang === 'en-US' ? [] : ['altLang="en-US"']),
    `sz="${centipoints(size)}"`,
    `b="${run.bold ? 1 : 0}"`,
    ...(run.slanted ? ['i="1"'] : []),
    // No red waves below code.
    ...(run.code ? ['noProof="1"'] : []),
    ...(run.raised ? [`baseline="${run.raised === 'above' ? 30000 : -25000}"`] : []),
  ];
  const faces = run.code
    ? `<a:latin typeface="${codeFont.latin}"/><a:ea typeface="${fonts.eastAsian}"/><a:cs typeface="${codeFont.latin}"/>`
    : '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>';
  const ground = run.ground ? `<a:highlight>${colourXml(run.ground, theme)}</a:highlight>` : '';
  // A link keeps the colour of its text.
  const jump = related?.jump ? ' action="ppaction://hlinksldjump"' : '';
  const link = related ? `<a:hlinkClick r:id="${related.id}"${jump}>${ownColour}</a:hlinkClick>` : '';
  return `<a:r><a:rPr ${attributes.join(' ')}>${filled(run.colour, theme)}${ground}${faces}${link}</a:rPr><a:t>${escaped(run.text)}</a:t></a:r>`;
}
