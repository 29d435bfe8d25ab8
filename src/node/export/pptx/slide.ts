import type { Part } from '../../../inspect/parts/part.ts';
import { paragraphsXml, type TextContext } from './text.ts';
import { colourXml, escaped, filled, place, units } from './xml.ts';

/** A slide that is ready to be written. */
export interface OfficeSlide {
  readonly id: string;
  /** `#rrggbb`, or the relationship of a picture. */
  readonly ground: { readonly colour: string } | { readonly relation: string };
  readonly parts: readonly Part[];
  /** Relationships of its pictures, in the order of the parts. */
  readonly pictures: readonly string[];
  /** Its number; none on a title slide. A replay leaves it only the lower margin. */
  readonly number?: { readonly colour: string; readonly value: number; readonly low: boolean };
}

const namespaces =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
const decorative =
  '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>';
const rectangle = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>';

/** The slide as a part of the presentation (ECMA-376-1, 19.3.1.38). */
export function slideXml({ id, ground, parts, pictures, number }: OfficeSlide, context: TextContext): string {
  let shape = 1;
  let picture = 0;
  const written = parts.map((part) => {
    shape++;
    return partXml(part, shape, part.kind === 'picture' ? (pictures[picture++] ?? '') : '', context);
  });
  const fill =
    'colour' in ground
      ? filled(ground.colour, context.theme)
      : `<a:blipFill><a:blip r:embed="${ground.relation}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<p:sld ${namespaces}><p:cSld name="${escaped(id)}"><p:bg><p:bgPr>${fill}<a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${written.join('')}${number ? numberXml(shape + 1, number, context) : ''}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`;
}

function partXml(part: Part, id: number, relation: string, context: TextContext): string {
  switch (part.kind) {
    case 'card':
      return cardXml(part, id, context);
    case 'text':
      return textXml(part, id, context);
    case 'table':
      return tableXml(part, id, context);
    case 'picture':
      return `<p:pic><p:nvPicPr><p:cNvPr id="${id}" name="Picture ${id}" descr="${escaped(part.alt)}">${part.alt === '' ? decorative : ''}</p:cNvPr><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${place('a', part.area)}${rectangle}</p:spPr></p:pic>`;
  }
}

function cardXml(
  { area, fill, edge, radius }: Extract<Part, { kind: 'card' }>,
  id: number,
  { theme }: TextContext,
): string {
  const round = Math.min(50_000, Math.round((radius / Math.max(1, Math.min(area.width, area.height))) * 100_000));
  const form =
    round > 0
      ? `<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val ${round}"/></a:avLst></a:prstGeom>`
      : rectangle;
  const line = edge
    ? `<a:ln w="${units(edge.width)}">${filled(edge.colour, theme)}</a:ln>`
    : '<a:ln><a:noFill/></a:ln>';
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Card ${id}" descr="">${decorative}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${place('a', area)}${form}${fill ? filled(fill, theme) : '<a:noFill/>'}${line}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>`;
}

/** Nothing is set in from the edges, and PowerPoint is not to change sizes that fit. */
function body(wraps: boolean): string {
  return `<a:bodyPr wrap="${wraps ? 'square' : 'none'}" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>`;
}

function textXml(
  { area, paragraphs, wraps, title }: Extract<Part, { kind: 'text' }>,
  id: number,
  context: TextContext,
): string {
  const kind = title
    ? `<p:cNvPr id="${id}" name="Title ${id}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title" idx="100"/></p:nvPr>`
    : `<p:cNvPr id="${id}" name="Text ${id}"/><p:cNvSpPr txBox="1"/><p:nvPr/>`;
  return `<p:sp><p:nvSpPr>${kind}</p:nvSpPr><p:spPr>${place('a', area)}${rectangle}<a:noFill/></p:spPr><p:txBody>${body(wraps)}${paragraphsXml(paragraphs, context)}</p:txBody></p:sp>`;
}

function tableXml({ area, columns, rows }: Extract<Part, { kind: 'table' }>, id: number, context: TextContext): string {
  const none = ['lnL', 'lnR', 'lnT'].map((side) => `<a:${side} w="0"><a:noFill/></a:${side}>`).join('');
  const written = rows.map(({ height, cells }) => {
    const inner = cells.map(({ paragraph, left, rule, columns: span }) => {
      const spans = span > 1 ? ` gridSpan="${span}"` : '';
      const covered = Array.from(
        { length: span - 1 },
        () => '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>',
      );
      const line = `<a:lnB w="${units(rule.width)}">${filled(rule.colour, context.theme)}</a:lnB>`;
      return `<a:tc${spans}><a:txBody><a:bodyPr/><a:lstStyle/>${paragraphsXml([paragraph], context)}</a:txBody><a:tcPr marL="${units(left)}" marR="${units(left / 2)}" marT="0" marB="0" anchor="ctr">${none}${line}<a:noFill/></a:tcPr></a:tc>${covered.join('')}`;
    });
    return `<a:tr h="${units(height)}">${inner.join('')}</a:tr>`;
  });
  const grid = columns.map((width) => `<a:gridCol w="${units(width)}"/>`).join('');
  return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="${id}" name="Table ${id}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>${place('p', area)}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>${grid}</a:tblGrid>${written.join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
}

/** A field: PowerPoint counts anew when slides are moved. */
function numberXml(
  id: number,
  { colour, value, low }: NonNullable<OfficeSlide['number']>,
  { theme, fonts }: TextContext,
): string {
  const area = { x: 1648, y: low ? 1044 : 1028, width: 200, height: 32 };
  const look = `lang="${fonts.lang}" sz="1200"`;
  const faces = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>';
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Number ${id}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>${place('a', area)}${rectangle}<a:noFill/></p:spPr><p:txBody>${body(false)}<a:p><a:pPr algn="r"/><a:fld id="{F7021451-1387-4CA6-816F-3879F97B5CBC}" type="slidenum"><a:rPr ${look}>${filled(colour, theme)}${faces}</a:rPr><a:t>${value}</a:t></a:fld></a:p></p:txBody></p:sp>`;
}

/** A slide's speaker notes. */
export function notesXml(lines: readonly string[], lang: string): string {
  const paragraphs = lines.map((line) =>
    line === '' ? '<a:p/>' : `<a:p><a:r><a:rPr lang="${lang}"/><a:t>${escaped(line)}</a:t></a:r></a:p>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<p:notes ${namespaces}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder 1"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes Placeholder 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>${paragraphs.join('') || '<a:p/>'}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`;
}

/** See {@link colourXml}: the theme's own colours by their names. */
export function schemeXml(colours: readonly (readonly [string, string])[]): string {
  const none = new Map<string, string>();
  return colours.map(([name, colour]) => `<a:${name}>${colourXml(colour, none)}</a:${name}>`).join('');
}
