import type { Image, Paragraph, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { meantKey } from './meantKey.ts';
import { report } from './report.ts';

declare module 'mdast' {
  interface ImageData {
    /** What the author says of its width: a share of what there is, in per cent, or pixels on a slide of 1920. */
    width?: { readonly value: number; readonly unit: '%' | 'px' };
    /** Pixels that the picture itself has; known once its file was read. */
    natural?: { readonly width: number; readonly height: number };
  }
}

/** Plugin: reads the braces right behind a picture, `![alt](loop.png "caption"){width=60%}`. */
export function readImageSizes() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'paragraph', (paragraph) => {
      for (const [n, node] of paragraph.children.entries()) {
        const next = paragraph.children[n + 1];
        if (node.type !== 'image' || next?.type !== 'text') continue;
        const [braces, inside = ''] = /^\{([^{}\n]*=[^{}\n]*)\}/.exec(next.value) ?? [];
        if (braces === undefined) continue;
        next.value = next.value.slice(braces.length);
        readWidth(node, inside, file);
      }
      dropEmptyEnd(paragraph);
    });
  };
}

function readWidth(image: Image, written: string, file: VFile): void {
  for (const [, key = '', quoted, bare] of written.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g)) {
    const value = quoted ?? bare ?? '';
    const [, digits, unit] = /^(\d{1,4})(%|px)?$/.exec(value) ?? [];
    const number = Number(digits);
    if (key === 'width' && number > 0 && (unit !== '%' || number <= 100)) {
      image.data = { ...image.data, width: { value: number, unit: unit === '%' ? '%' : 'px' } };
      continue;
    }
    const meant = key === 'width' ? null : meantKey(key, ['width']);
    report(file, `the picture's \`${key}=${value}\` cannot be read.${meant ? ` Did you mean \`${meant}\`?` : ''}`, {
      place: image.position?.start,
      rule: 'image-attribute',
      actual: `${key}=${value}`,
      expected: ['width=60%', 'width=800px'],
      fix: 'Write `{width=60%}` or `{width=800px}` right behind the picture; its height follows.',
    });
  }
}

function dropEmptyEnd(paragraph: Paragraph): void {
  const last = paragraph.children.at(-1);
  if (paragraph.children.length > 1 && last?.type === 'text' && last.value.trim() === '') paragraph.children.pop();
}
