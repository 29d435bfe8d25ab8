import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { type Box, remembered } from './box.ts';
import { geometry } from './geometry.ts';

/** A Mermaid diagram, drawn at build time. */
export interface Diagram {
  /** A whole `<svg>` element without a size of its own; its colours are the theme's. */
  readonly svg: string;
  /** Pixels at which its text is as large as other text. */
  readonly width: number;
  readonly height: number;
  /** What is written in it, for who cannot see it. */
  readonly label: string;
}

/** Pixels that a diagram may be high on a slide of its own. */
export const tallestDiagram = geometry.contentBottom - geometry.contentTop - 8;

/** What brings a diagram's text to the size of text around it. */
const textScale = 1.15;

/** A diagram as a box: as large as its text's size allows, and smaller where there is no room for that. */
export function diagramBox({ svg, width: wide, height: high, label }: Diagram): Box {
  const scaleIn = (width: number, scale: number) => Math.min(scale * textScale, width / wide, tallestDiagram / high);
  return remembered({
    kind: 'image',
    drawn: true,
    naturalWidth: (fit) => wide * Math.min(fit.text.scale * textScale, tallestDiagram / high),
    height: (width, fit) => high * scaleIn(width, fit.text.scale),
    draw: (width, fit) => {
      const scale = scaleIn(width, fit.text.scale);
      const style = `width:${(wide * scale).toFixed(2)}px;height:${(high * scale).toFixed(2)}px`;
      const picture = { type: 'raw', value: svg } as unknown as ElementContent;
      return h('figure', { class: 'diagram', role: 'img', ariaLabel: label, style }, [picture]);
    },
  });
}
