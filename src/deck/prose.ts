import type { Element, ElementContent } from 'hast';
import { displaySize, extraHeight, type Formula, inlineWidth } from './formula.ts';
import { geometry, type Level } from './geometry.ts';
import type { Measure } from './show.ts';
import { tableHeight } from './table.ts';
import { countLines, lineBreak, type Run } from './wrap.ts';

const block = new Set(
  'p ul ol li blockquote table pre div section h1 h2 h3 h4 h5 h6 hr dl dt dd figure img details summary'.split(' '),
);

/** Whether a node stands on lines of its own. */
export function isBlock(node: ElementContent): node is Element {
  return node.type === 'element' && block.has(node.tagName);
}

/**
 * Height in pixels that a piece of prose takes.
 *
 * @param element A paragraph, list, quote, table or what HTML an author wrote.
 * @param width Pixels that it may use.
 * @param level Its size and spacing.
 */
export function proseHeight(element: Element, width: number, level: Level, measure: Measure): number {
  return height(element, width, geometry.text * level.scale, level, measure, false);
}

function height(
  element: Element,
  width: number,
  size: number,
  level: Level,
  measure: Measure,
  nested: boolean,
): number {
  const { spacing } = level;
  if (element.data?.formula) return displaySize(element.data.formula, width, size).height;
  if (isFootnote(element)) {
    const own = Math.max(geometry.leastText, geometry.footnoteSize * size);
    return flow(element, width, own, { ...level, scale: own / geometry.text }, measure, nested);
  }
  switch (element.tagName) {
    case 'ul':
    case 'ol': {
      // A list in a list is a little smaller, a list in that one is not smaller still.
      const own = nested ? geometry.text * level.scale * geometry.nestedSize : size;
      const indent = element.tagName === 'ol' ? numberWidth(element) : geometry.bulletEm;
      const room = Math.min(width, geometry.proseEm * geometry.text * level.scale) - indent * own;
      const items = element.children.filter(isBlock).map((item) => flow(item, room, own, level, measure, true));
      return sum(items) + Math.max(0, items.length - 1) * (nested ? spacing.nested : spacing.item) * own;
    }
    case 'blockquote':
      return flow(element, width - geometry.quoteEm * size, size, level, measure, nested);
    case 'table':
      return tableHeight(element, width, level, measure);
    case 'img':
      return geometry.imageHeight * level.scale;
    case 'hr':
      return 2;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return countLines(inlineRuns(element.children, 'sans-bold'), width / size, measure) * spacing.line * size;
    default:
      return flow(element, width, size, level, measure, nested);
  }
}

/** Whether a paragraph is the text of a footnote. */
function isFootnote({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes('footnote');
}

/** Room for the numbers of a list, in em: as many digits as the last one has. */
export function numberWidth(list: Element): number {
  const last = Number(list.properties.start ?? 1) + list.children.filter(isBlock).length - 1;
  return geometry.numberEm + (String(Math.max(1, last)).length - 1) * geometry.digitEm;
}

/** Lines that a text takes at least: one for each of its leaves, or what its letters fill. */
export function leastLines({ leaves, letters }: { readonly leaves: number; readonly letters: number }): number {
  // No letter is narrower than a fifth of an em.
  return Math.max(leaves, (letters * 0.2) / 64);
}

/** The blocks in an element that hold no other, and rows; itself when it has none. */
export function countLeaves(element: Element): number {
  if (element.tagName === 'tr') return 1;
  if (element.tagName === 'hr') return 0;
  const inner = element.children.reduce((sum, child) => sum + (isNested(child) ? countLeaves(child) : 0), 0);
  return Math.max(1, inner);
}

function isNested(node: ElementContent): node is Element {
  return node.type === 'element' && (block.has(node.tagName) || /^t(?:head|body|r)$/.test(node.tagName));
}

/** Blocks one below the other, with the text between them taken as paragraphs. */
function flow(parent: Element, width: number, size: number, level: Level, measure: Measure, nested: boolean): number {
  const { spacing } = level;
  const parts: number[] = [];
  let inline: ElementContent[] = [];
  const endLine = () => {
    const runs = inlineRuns(inline, 'sans');
    const formulas = inline.flatMap(formulasIn);
    const higher = formulas.reduce((total, formula) => total + extraHeight(formula, spacing.line), 0);
    inline = [];
    if (formulas.length === 0 && runs.every((run) => run.text.trim() === '')) return;
    const room = Math.min(width, geometry.proseEm * geometry.text * level.scale);
    parts.push((countLines(runs, room / size, measure) * spacing.line + higher) * size);
  };
  for (const child of parent.children) {
    if (isBlock(child) && child.tagName !== 'img') {
      endLine();
      parts.push(height(child, width, size, level, measure, nested));
    } else if (isBlock(child) && isAlone(parent)) parts.push(geometry.imageHeight * level.scale);
    else inline.push(child);
  }
  endLine();
  const gap = parent.tagName === 'li' ? spacing.nested : spacing.gap;
  return sum(parts) + Math.max(0, parts.length - 1) * gap * size;
}

/** Whether a paragraph is a picture and nothing else. */
function isAlone(parent: Element): boolean {
  return parent.children.every((child) => child.type !== 'text' || child.value.trim() === '');
}

/** The formulas below a node, in order. */
export function formulasIn(node: ElementContent): Formula[] {
  if (node.type !== 'element') return [];
  return node.data?.formula ? [node.data.formula] : node.children.flatMap(formulasIn);
}

/** The text of inline nodes as runs of one font each. */
export function inlineRuns(nodes: readonly ElementContent[], font: Run['font'], size = 1): Run[] {
  return nodes.flatMap((node): Run[] => {
    if (node.type === 'text') return [{ text: node.value, font, size, padding: 0 }];
    if (node.type !== 'element') return [];
    if (node.data?.formula) return [{ text: '', font, size, padding: inlineWidth(node.data.formula) / 2 }];
    switch (node.tagName) {
      case 'br':
        return [lineBreak];
      case 'strong':
      case 'b':
      case 'th':
      case 'dt':
        return inlineRuns(node.children, font === 'mono' ? font : 'sans-bold', size);
      case 'code':
      case 'kbd':
      case 'samp':
        return inlineRuns(node.children, 'mono', size * geometry.inlineCodeSize).map((run, n, all) => ({
          ...run,
          padding: n === 0 || n === all.length - 1 ? geometry.inlineCodePadEm : 0,
        }));
      case 'sup':
      case 'sub':
        return inlineRuns(node.children, font, size * 0.75);
      case 'input':
        return [{ text: '가', font, size: 1.2, padding: 0 }];
      case 'img':
        return [{ text: '가가', font, size, padding: 0 }];
      default:
        return inlineRuns(node.children, font, size);
    }
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
