import PptxGenJS from 'pptxgenjs';
import { readZip, writeZip, type ZipEntry } from '../../zip.ts';
import type { OfficeFonts } from './fonts.ts';
import { notesXml, schemeXml } from './slide.ts';
import { escaped } from './xml.ts';

/** A presentation whose slides are written. */
export interface Presentation {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly fonts: OfficeFonts;
  /** Name in the theme → `#rrggbb`, in the order of `a:clrScheme`. */
  readonly colours: readonly (readonly [string, string])[];
  /** Day that it is of, ISO 8601; the same note gives the same file. */
  readonly day: string;
  readonly slides: readonly PresentationSlide[];
}

/** A slide as a part of the package. */
export interface PresentationSlide {
  readonly xml: string;
  /** Number of its section, from 0, and what that is called. */
  readonly section: number;
  readonly sectionTitle: string;
  readonly notes: readonly string[];
  /** What the slide names by `rId10`, `rId11`, … */
  readonly relations: readonly Relation[];
}

/** What a slide refers to. */
export type Relation =
  | { readonly kind: 'picture'; readonly data: Uint8Array }
  | { readonly kind: 'slide'; readonly number: number }
  | { readonly kind: 'link'; readonly url: string };

/** Number of a slide's first relationship of ours; those before are its layout's and its notes'. */
export const firstRelation = 10;

/**
 * Puts a presentation together: pptxgenjs writes the package around the slides (masters, layouts, notes, sections,
 * properties), the slides are ours.
 */
export async function writePresentation(presentation: Presentation): Promise<Uint8Array> {
  const entries = await readZip(await skeleton(presentation));
  const { slides, fonts } = presentation;
  const media: ZipEntry[] = [];
  const written = entries.map(({ name, data }): ZipEntry => {
    const [, folder, number] =
      /^ppt\/(slides|notesSlides|slides\/_rels)\/[a-zA-Z]+(\d+)\.xml(?:\.rels)?$/.exec(name) ?? [];
    const slide = slides[Number(number) - 1];
    if (slide && folder === 'slides') return entry(name, slide.xml);
    if (slide && folder === 'notesSlides') return entry(name, notesXml(slide.notes, fonts.lang));
    if (slide && folder === 'slides/_rels') return entry(name, related(Buffer.from(data).toString(), slide, media));
    return name.endsWith('.xml') || name.endsWith('.rels')
      ? entry(name, finished(name, Buffer.from(data).toString(), presentation))
      : { name, data };
  });
  const names = new Set(written.map(({ name }) => name));
  return writeZip([
    ...written.map((part) =>
      part.name === '[Content_Types].xml'
        ? entry(part.name, withoutAbsent(Buffer.from(part.data).toString(), names))
        : part,
    ),
    ...media,
  ]);
}

async function skeleton({ title, author, subject, fonts, slides }: Presentation): Promise<Uint8Array> {
  const package_ = new PptxGenJS();
  package_.layout = 'LAYOUT_WIDE';
  package_.title = title;
  package_.author = author;
  package_.subject = subject;
  package_.company = '';
  package_.theme = { headFontFace: fonts.latin, bodyFontFace: fonts.latin };
  const heading = { name: 'title', type: 'title' as const, x: 0.5, y: 0.3, w: 12.33, h: 0.6 };
  package_.defineSlideMaster({ title: 'Loopreel', objects: [{ placeholder: { options: heading, text: '' } }] });
  // Found again by title, so each section has a name of its own until its true one is written.
  for (const { section } of slides.filter((slide, n) => slide.section !== slides[n - 1]?.section))
    package_.addSection({ title: `section-${section}` });
  for (const { section } of slides)
    package_.addSlide({ masterName: 'Loopreel', sectionTitle: `section-${section}` }).addNotes(' ');
  return (await package_.write({ outputType: 'nodebuffer', compression: false })) as Uint8Array;
}

/** Adds a slide's relationships, and its pictures to the package. */
function related(xml: string, { relations }: PresentationSlide, media: ZipEntry[]): string {
  const type = (name: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;
  const added = relations.map((relation, n) => {
    const id = `rId${firstRelation + n}`;
    if (relation.kind === 'link')
      return `<Relationship Id="${id}" Type="${type('hyperlink')}" Target="${escaped(relation.url)}" TargetMode="External"/>`;
    if (relation.kind === 'slide')
      return `<Relationship Id="${id}" Type="${type('slide')}" Target="slide${relation.number}.xml"/>`;
    const name = `image${media.length + 1}.png`;
    media.push({ name: `ppt/media/${name}`, data: relation.data });
    return `<Relationship Id="${id}" Type="${type('image')}" Target="../media/${name}"/>`;
  });
  return xml.replace('</Relationships>', `${added.join('')}</Relationships>`);
}

/** What pptxgenjs leaves to chance, to the clock or undone, by part. */
function finished(name: string, xml: string, { fonts, colours, day, slides }: Presentation): string {
  if (name === 'docProps/core.xml') return xml.replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, `$1${day}`);
  if (name === 'ppt/theme/theme1.xml')
    return xml
      .replace(/(<a:clrScheme name=")[^"]*">[\s\S]*?<\/a:clrScheme>/, `$1Loopreel">${schemeXml(colours)}</a:clrScheme>`)
      .replaceAll('<a:ea typeface=""/>', `<a:ea typeface="${fonts.eastAsian}"/>`);
  if (name !== 'ppt/presentation.xml') return xml;
  const titles = new Map(slides.map(({ section, sectionTitle }) => [section, sectionTitle]));
  return (
    xml
      .replace(/<p14:section name="section-(\d+)" id="\{[^}]*\}"/g, (_, number: string) => {
        const id = `00000000-0000-4000-8000-${number.padStart(12, '0')}`;
        return `<p14:section name="${escaped(titles.get(Number(number)) ?? '')}" id="{${id}}"`;
      })
      // The schema has the notes' master before the slides (ECMA-376-1, 19.2.1.26).
      .replace(/(<p:sldIdLst>.*?<\/p:sldIdLst>)(<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>)/s, '$2$1')
      .replace(/<p:notesSz [^>]*>/, '<p:notesSz cx="6858000" cy="9144000"/>')
  );
}

/** pptxgenjs 4.0 tells the type of a master for each slide; there is one. */
function withoutAbsent(xml: string, names: ReadonlySet<string>): string {
  return xml.replace(/<Override PartName="\/([^"]*)"[^>]*>/g, (override, name: string) =>
    names.has(name) ? override : '',
  );
}

function entry(name: string, text: string): ZipEntry {
  return { name, data: Buffer.from(text) };
}
