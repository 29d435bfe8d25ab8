import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';
import { textRuns } from '../text/emoji.ts';

/** Puts Twemoji's picture behind every emoji of a tree; the character stays, transparent, so that copying works. */
export function drawEmoji(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'element')
      return node.tagName === 'svg' || node.tagName === 'script'
        ? [node]
        : [{ ...node, children: drawEmoji(node.children) } satisfies Element];
    if (node.type !== 'text') return [node];
    return textRuns(node.value).map(
      ({ text, emoji }): ElementContent =>
        emoji === undefined
          ? { type: 'text', value: text, ...(node.position ? { position: node.position } : {}) }
          : h('span', { class: 'emoji' }, [
              s('svg', { ariaHidden: 'true' }, [s('use', { href: `#emoji-${emoji}` })]),
              text,
            ]),
    );
  });
}
