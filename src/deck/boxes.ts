import type { Code, List, ListItem, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { fenceLanguage } from '../notes/fence.ts';
import type { Block } from '../notes/note.ts';
import { isOutputWord } from '../notes/outputWords.ts';
import { readBars } from './bars.ts';
import type { Box } from './box.ts';
import { codeBox } from './codeBox.ts';
import { lineSteps } from './codeSteps.ts';
import { consoleBox, statusBox } from './consoleBox.ts';
import { containerBoxes, leafBoxes } from './containers.ts';
import { type Shared, toElements } from './content.ts';
import { type Diagram, diagramBox } from './diagramBox.ts';
import { formulaBox } from './formula.ts';
import { captionedImage, imageBox } from './imageBox.ts';
import { placed } from './placed.ts';
import { proseBox } from './proseBox.ts';
import { reasonIn } from './reasons.ts';
import type { BlockShow, Highlight, Measure } from './show.ts';
import { timelineBox } from './timelineBox.ts';
import type { Words } from './words.ts';

/** What making boxes needs to know besides the nodes. */
export interface BoxContext extends Shared {
  readonly blocks: ReadonlyMap<string, Block>;
  readonly shows: ReadonlyMap<string, BlockShow>;
  /** By the text of their fences; one that is not there is shown as code. */
  readonly diagrams: ReadonlyMap<string, Diagram>;
  /** Replays that the author has placed: id of the show → id of the block. */
  readonly placed: ReadonlyMap<string, string>;
  readonly highlight: Highlight;
  readonly measure: Measure;
  readonly words: Words;
}

/** The longest real output, in lines, that stands beside its code when the note claims none. */
const shortOutput = 10;

/** Turns the nodes under a heading into boxes in order; what became of a block follows its code. */
export function boxesOf(nodes: readonly RootContent[], context: BoxContext): Box[] {
  const flat = nodes.flatMap(hoistFences);
  const boxes: Box[] = [];
  for (let n = 0; n < flat.length; n++) {
    const node = flat[n];
    if (!node) continue;
    const next = flat[n + 1];
    const image = captionedImage(node);
    if (next?.type === 'code' && next.data?.claimOf && isLabel(node)) {
      boxes.push(placed(consoleBox(next.value, plainText(node).trim(), context.measure, false), next.position));
      n++;
    } else if (node.type === 'code') boxes.push(...fenceBoxes(node, context).map((box) => placed(box, node.position)));
    else if (node.type === 'leafDirective') boxes.push(...leafBoxes(node));
    else if (node.type === 'containerDirective') boxes.push(...containerBoxes(node, context));
    else if (image) boxes.push(placed(imageBox(image, context.measure), node.position));
    else {
      const prose = toElements([node], context).map((element) =>
        element.data?.formula
          ? formulaBox(element, element.data.formula)
          : proseBox(
              isFootnote(node)
                ? { ...element, properties: { ...element.properties, className: ['footnote'] } }
                : element,
              context.measure,
            ),
      );
      // A quote below a list speaks of the list's last item.
      const leadsOn = node.type === 'list' && next?.type === 'blockquote';
      boxes.push(...(leadsOn ? prose.map((box) => ({ ...box, leadsOn })) : prose));
    }
  }
  return boxes;
}

function isFootnote(node: RootContent): boolean {
  return node.type === 'paragraph' && node.data?.footnote === true;
}

/** A line that only announces the output behind it becomes that output's label. */
function isLabel(node: RootContent): boolean {
  const one = node.type === 'paragraph' || (node.type === 'list' && node.children.length === 1);
  return one && plainText(node).trim().length <= 30 && isOutputWord(plainText(node));
}

function fenceBoxes(node: Code, { diagrams, blocks, shows, highlight, measure, words }: BoxContext): Box[] {
  const claimed = node.data?.claimOf === undefined ? undefined : shows.get(node.data.claimOf);
  const diagram = node.data?.block === undefined && plainFence(node) ? readBars(node.value) : undefined;
  // Bars below a code are a drawing of its run, unless the code prints them.
  if (diagram && !claimed?.stdout.includes(node.value.trim().split('\n')[0] ?? ''))
    return [timelineBox(diagram, node.value, measure)];
  if (node.data?.claimOf) return [consoleBox(node.value, outputLabel(claimed, words), measure, false)];
  const mermaid = fenceLanguage(node) === 'mermaid' ? diagrams.get(node.value) : undefined;
  if (mermaid) return [diagramBox(mermaid)];
  const block = node.data?.block === undefined ? undefined : blocks.get(node.data.block);
  const show = block && shows.get(block.id);
  const raisedAt = show?.status === 'raised' && show.error && block ? show.error.line - block.line : undefined;
  const look = block?.meta ?? node.data?.look ?? {};
  const code = codeBox(
    {
      lines: highlight(node.value, block ? 'python' : fenceLanguage(node)),
      first: 1,
      numbered: raisedAt !== undefined,
      ...(look.title ? { title: look.title } : {}),
      ...(block ? { block: block.id } : {}),
      ...(!block && /[\u2500-\u259F]/.test(node.value) ? { drawing: true } : {}),
      ...(look.lines ? { steps: lineSteps(look.lines, node.position?.start.line ?? 0) } : {}),
      ...(node.data?.morph ? { version: node.data.morph } : {}),
    },
    measure,
  );
  if (!block || !show) return [code];

  const boxes = [code];
  const printed = show.stdout.replace(/\n+$/, '');
  if (
    printed &&
    !block.claims.some(({ form, sure }) => sure || form !== 'run') &&
    printed.split('\n').length <= shortOutput
  )
    boxes.push(consoleBox(printed, outputLabel(show, words), measure, true));
  if (show.status === 'raised' && show.error)
    boxes.push(statusBox('error', words.raisedAt(raisedAt ?? 1), show.error.text, measure));
  if (show.status === 'skipped' || show.status === 'stopped') {
    const label = show.status === 'skipped' ? words.notRun : words.stopped;
    const reason = show.reason ?? show.error?.text;
    if (reason) boxes.push(statusBox('remark', label, reasonIn(words.lang, reason), measure));
  }
  return boxes;
}

/** Whether a fence is no code of a language, so that it may be a drawing. */
function plainFence(node: Code): boolean {
  return /^(?:|text|txt|plain|plaintext|ascii|diagram|timeline)$/.test(fenceLanguage(node));
}

/** What stands over a block's output: also what of it was not real. */
function outputLabel(show: BlockShow | undefined, words: Words): string {
  return show?.simulated === undefined ? words.output : `${words.output} · ${words.simulated[show.simulated]}`;
}

/** A fence inside a list or quote comes out of it, so that it can be a card of its own; the rest stays as it was. */
function hoistFences(node: RootContent): RootContent[] {
  if (!holdsFence(node)) return [node];
  if (node.type === 'blockquote') return node.children.flatMap(hoistFences);
  if (node.type !== 'list') return [node];
  const parts: RootContent[] = [];
  let start = node.start ?? 1;
  let items: ListItem[] = [];
  const close = () => {
    if (items.length > 0)
      parts.push({ ...node, start: node.ordered ? start - items.length : null, children: items } as List);
    items = [];
  };
  for (const item of node.children) {
    const fence = item.children.findIndex(holdsFence);
    start++;
    if (fence < 0) items.push(item);
    else {
      if (fence > 0) items.push({ ...item, children: item.children.slice(0, fence) });
      else start--;
      close();
      if (fence === 0) start++;
      parts.push(...item.children.slice(fence).flatMap(hoistFences));
    }
  }
  close();
  return parts;
}

function holdsFence(node: RootContent): boolean {
  return node.type === 'code' || ('children' in node && (node.children as RootContent[]).some(holdsFence));
}
