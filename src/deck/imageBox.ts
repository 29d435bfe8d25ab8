import { h } from 'hastscript';
import type { Image, RootContent } from 'mdast';
import { type Box, type Fit, remembered } from './box.ts';
import { geometry } from './geometry.ts';
import type { Measure } from './show.ts';
import { countLines } from './wrap.ts';

/** Captions against the text around them; `themes/authoring.css` sets the same. */
const captionSize = 0.8;
const largestCaption = 36;
const captionGap = 12;
/** Pixels that a picture whose author gives its width may be high. */
const tallest = 760;

/** The picture of a paragraph that is nothing else, where its author gives it a caption or a width. */
export function captionedImage(node: RootContent): Image | undefined {
  const only = node.type === 'paragraph' && node.children.length === 1 ? node.children[0] : undefined;
  return only?.type === 'image' && (only.title || only.data?.width) ? only : undefined;
}

/** A picture with its caption as a box. */
export function imageBox({ url, alt, title, data }: Image, measure: Measure): Box {
  const { width: wide, height: high } = data?.natural ?? { width: 16, height: 9 };
  const pictureSize = (width: number, fit: Fit) => {
    const { value, unit } = data?.width ?? {};
    const wanted = value === undefined ? width : unit === '%' ? (width * value) / 100 : value;
    const most = value === undefined ? geometry.imageHeight * fit.text.scale : tallest;
    const drawn = Math.min(wanted, width, (most * wide) / high);
    return { width: drawn, height: (drawn * high) / wide };
  };
  const captionHeight = (width: number, { text }: Fit) => {
    if (!title) return 0;
    const size = Math.min(largestCaption, geometry.text * captionSize * text.scale);
    const runs = [{ text: title, font: 'sans', size: 1, padding: 0 }] as const;
    const room = Math.min(width, geometry.proseEm * geometry.text * text.scale);
    return countLines(runs, room / size, measure) * size * text.spacing.line + captionGap;
  };
  return remembered({
    kind: 'image',
    drawn: true,
    naturalWidth: (fit) => pictureSize(Number.POSITIVE_INFINITY, fit).width,
    height: (width, fit) => pictureSize(width, fit).height + captionHeight(width, fit),
    draw: (width, fit) => {
      const size = pictureSize(width, fit);
      const style = `width:${size.width.toFixed(2)}px;height:${size.height.toFixed(2)}px`;
      return h('figure', { class: 'picture' }, [
        h('img', { src: url, alt: alt ?? '', style }),
        ...(title ? [h('figcaption', title)] : []),
      ]);
    },
  });
}
