import type { Html, Parent, PhrasingContent, Root } from 'mdast';
import { defaultSchema } from 'rehype-sanitize';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

/** Elements of HTML that no slide shows: their tags go, what stands in them stays (not so for script and style). */
const leftOut =
  'a abbr address area article aside audio base bdo big body button canvas center cite data datalist dfn dialog embed em fieldset figcaption figure font footer form frame frameset head header hgroup html iframe label legend link main map mark meta meter nav noscript object optgroup option output param progress script section select small style svg textarea template time title track u video wbr';
const known = new Set([...(defaultSchema.tagNames ?? []), ...leftOut.split(' ')]);
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const tag = /<(\/?)([A-Za-z][\w-]*)(?:\s[^<>]*)?(\/?)>/g;

/**
 * Plugin: text that only looks like HTML survives. `List<int>` is prose, and so is a tag that is opened and never
 * closed in its line; comments go. The HTML that stays is sanitised when the deck makes slides of it.
 */
export function keepLostTags() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'html', (node, index, parent) => {
      if (!parent || index === undefined) return undefined;
      if (/^\s*<!--[\s\S]*-->\s*$/.test(node.value)) {
        parent.children.splice(index, 1);
        return index;
      }
      const phrasing = parent.type !== 'root' && 'children' in parent && isPhrasing(parent);
      if (!phrasing) {
        if (/<(script|style|iframe|object|embed)\b/i.test(node.value))
          report(file, 'Scripts, styles and foreign frames are left out of slides', {
            place: node,
            rule: 'html-left-out',
            fix: 'Remove it, or write what it shows as Markdown.',
          });
        node.value = node.value.replace(tag, (whole, _end, name: string) =>
          known.has(name.toLowerCase()) ? whole : whole.replace('<', '&lt;').replace(/>$/, '&gt;'),
        );
        return undefined;
      }
      const lost = whyLost(node, parent.children as PhrasingContent[]);
      if (!lost) return undefined;
      parent.children[index] = {
        type: 'text',
        value: node.value,
        ...(node.position ? { position: node.position } : {}),
      };
      if (lost === 'unknown') return undefined;
      report(file, `\`${node.value}\` has no counterpart in its paragraph and is shown as text`, {
        place: node,
        rule: 'html-unclosed',
        actual: node.value,
        fix: 'Close it in the same paragraph, or put it between backticks.',
      });
      return undefined;
    });
  };
}

function isPhrasing(parent: Parent): boolean {
  return !['root', 'blockquote', 'listItem', 'containerDirective', 'footnoteDefinition'].includes(parent.type);
}

/** Why a tag in a line is text: its name is none of HTML's, or its counterpart is missing. */
function whyLost(node: Html, siblings: readonly PhrasingContent[]): 'unknown' | 'unclosed' | undefined {
  tag.lastIndex = 0;
  const found = tag.exec(node.value);
  if (!found) return undefined;
  const [, end, rawName = '', selfClosing] = found;
  const name = rawName.toLowerCase();
  if (!known.has(name)) return 'unknown';
  if (empty.has(name) || selfClosing) return undefined;
  const here = siblings.indexOf(node);
  const rest = end ? siblings.slice(0, here).reverse() : siblings.slice(here + 1);
  let depth = 1;
  for (const other of rest) {
    if (other.type !== 'html') continue;
    if (new RegExp(`^<${name}\\b`, 'i').test(other.value)) depth += end ? -1 : 1;
    else if (new RegExp(`^</${name}\\b`, 'i').test(other.value)) depth += end ? 1 : -1;
    if (depth === 0) return undefined;
  }
  return 'unclosed';
}
