import type { Paragraph, Root, RootContent } from 'mdast';
import type {} from 'remark-directive';
import type { Processor } from 'unified';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { type Attribute, type Directive, directives, formOf, meantDirective } from './directiveTable.ts';
import { meantKey } from './meantKey.ts';
import { report } from './report.ts';

type DirectiveNode = Extract<RootContent, { type: 'containerDirective' | 'leafDirective' }>;

/**
 * Plugin: takes the text form (`:name`) out of remark-directive's syntax. In prose `10:30`, `a:b` and `:30` are words
 * of the author, and no text directive is part of the format.
 */
export function blockDirectivesOnly(this: Processor): undefined {
  const data = this.data();
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map((extension) =>
    extension.text?.[58] && extension.flow?.[58] ? { ...extension, text: {} } : extension,
  );
}

/**
 * Plugin: known directives stay in the tree with the attributes that are known and right; all others become the text
 * that they are, with a warning. One that is never closed ends before the next heading, and speaker notes inside of
 * another directive come out of it.
 */
export function readDirectives() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (!parent || index === undefined) return undefined;
      const siblings: RootContent[] = parent.children;
      if (node.type === 'paragraph') {
        if (parent.type !== 'containerDirective' || !node.data?.directiveLabel) warnOfMalformed(node, file);
        return undefined;
      }
      if (node.type !== 'containerDirective' && node.type !== 'leafDirective') return undefined;
      const rule = Object.hasOwn(directives, node.name) ? directives[node.name] : undefined;
      if (!rule || rule.form !== formOf(node.type)) {
        const parts = asParts(node, file);
        siblings.splice(index, 1, ...parts);
        // Its opening line is text now; what stood inside is still to be read.
        return index + 1;
      }
      readAttributes(node, rule, file);
      if (node.type === 'containerDirective') {
        const rest = cutAtHeading(node, isClosed(node, file));
        if (!rest) return undefined;
        report(file, `\`:::${node.name}\` is never closed`, {
          place: node.position?.start,
          rule: 'directive-unclosed',
          fix: 'Write `:::` on a line of its own below it; until then it ends before the next heading.',
        });
        siblings.splice(index + 1, 0, ...rest);
      }
      return undefined;
    });
    hoistNotes(tree);
  };
}

/** A directive that nobody knows as the text that it is: its opening line, and what it holds. */
function asParts(node: DirectiveNode, file: VFile): RootContent[] {
  const colons = node.type === 'leafDirective' ? '::' : ':::';
  const shown = `${colons}${node.name}`;
  const meant = meantDirective(node.name);
  report(file, `Unknown directive \`${shown}\` is shown as text.${meant ? ` Did you mean \`${meant}\`?` : ''}`, {
    place: node.position?.start,
    rule: 'directive-unknown',
    actual: shown,
    expected: Object.entries(directives).map(([name, { form }]) => `${form === 'leaf' ? '::' : ':::'}${name}`),
    fix: meant
      ? `Write \`${meant}\`, or a space between the colons and the word.`
      : 'Use a known directive, or write a space between the colons and the word.',
  });
  const source = String(file).slice(node.position?.start.offset, node.position?.end.offset);
  if (node.type === 'leafDirective') return [asText(node, source)];
  const content: RootContent[] = [...node.children];
  const label = content[0]?.type === 'paragraph' && content[0].data?.directiveLabel;
  if (label) content.shift();
  return [asText(node, source.split('\n')[0] ?? ''), ...content];
}

function asText(node: Node, value: string): Paragraph {
  const place = node.position ? { position: node.position } : {};
  return { type: 'paragraph', children: [{ type: 'text', value, ...place }], ...place };
}

/** Takes out what a directive does not know or cannot be. */
function readAttributes(node: DirectiveNode, { attributes }: Directive, file: VFile): void {
  const shown = `${node.type === 'leafDirective' ? '::' : ':::'}${node.name}`;
  const known: Readonly<Record<string, Attribute>> = attributes;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
    if (attribute?.pattern.test(value ?? '')) kept[name] = value ?? '';
    else {
      const meant = attribute ? null : meantKey(name, Object.keys(known));
      const wrong = `${name}="${value ?? ''}"`;
      report(
        file,
        attribute
          ? `\`${wrong}\` of \`${shown}\` cannot be read`
          : `\`${shown}\` knows no \`${name}\`.${meant ? ` Did you mean \`${meant}\`?` : ''}`,
        {
          place: node.position?.start,
          rule: 'directive-attribute',
          actual: attribute ? wrong : name,
          expected: Object.keys(known),
          fix: attribute ? `Write ${attribute.written}.` : meant ? `Write ${known[meant]?.written}.` : 'Take it out.',
        },
      );
    }
  }
  node.attributes = kept;
}

function isClosed({ position }: DirectiveNode, file: VFile): boolean {
  if (!position || position.start.line === position.end.line) return false;
  const text = String(file);
  const end = position.end.offset ?? 0;
  const last = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  return /(?:^|[\s>]):{3,}\s*$/.test(last);
}

/**
 * Leaves in a directive what stands before its first heading or break, and gives back the rest. No directive goes on
 * over a new section: the `:::` that seems to close it is another's.
 *
 * @returns Undefined where nothing is wrong.
 */
function cutAtHeading(node: { children: RootContent[] }, closed: boolean): RootContent[] | undefined {
  const ends = (child: RootContent) =>
    closed ? child.type === 'heading' && child.depth <= 2 : child.type === 'heading' || child.type === 'thematicBreak';
  const at = node.children.findIndex(ends);
  if (at >= 0) return node.children.splice(at);
  return closed ? undefined : [];
}

/** `:::columns{widths=` and a `:::` that closes nothing. */
function warnOfMalformed(node: Paragraph, file: VFile): void {
  const [first] = node.children;
  if (first?.type !== 'text') return;
  const line = first.value.split('\n', 1)[0] ?? '';
  const [, , name = ''] = /^(:{2,3})[ \t]*([a-z]+)/i.exec(line) ?? [];
  const stray = /^:{3,}\s*$/.test(line);
  const meant = name === '' ? undefined : meantDirective(name, 1);
  if (!stray && !meant) return;
  report(file, stray ? '`:::` closes nothing' : `\`${line}\` is no directive and is shown as text`, {
    place: node.position?.start,
    rule: 'directive-malformed',
    actual: line,
    fix: stray
      ? 'Take it out, or open a directive above it.'
      : `Write \`${meant}\`, with attributes in closed braces, alone on its line.`,
  });
}

/** Speaker notes belong to the slide, wherever on it they are written. */
function hoistNotes(tree: Root): void {
  tree.children = tree.children.flatMap((node) => {
    if (node.type !== 'containerDirective' || node.name === 'notes') return [node];
    const notes: RootContent[] = [];
    visit(node, 'containerDirective', (inner, index, parent) => {
      if (inner.name !== 'notes' || !parent || index === undefined) return undefined;
      notes.push(inner);
      parent.children.splice(index, 1);
      return index;
    });
    return [node, ...notes];
  });
}
