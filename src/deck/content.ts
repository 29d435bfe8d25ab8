import type { Element, ElementContent, Root as HastRoot } from 'hast';
import type { Definition, PhrasingContent, Root, RootContent } from 'mdast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { markFigures } from './figures.ts';
import { type Formula, formulaElement, formulaKey } from './formula.ts';
import { hastText } from './hastText.ts';
import { joinWords } from './joined.ts';

/**
 * GitHub's rules, without `details` (nothing on a slide may be folded away) and without any picture from the network:
 * a deck asks for nothing.
 */
const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? [])
    .filter((name) => !['details', 'section', 'picture', 'source'].includes(name))
    .concat('u', 'mark'),
  attributes: {
    ...defaultSchema.attributes,
    code: [['className', /^language-./, 'math-inline', 'math-display'] as [string, RegExp, string, string]],
  },
  protocols: { ...defaultSchema.protocols, src: ['data'] },
  strip: ['script', 'style', 'iframe', 'object', 'embed', 'title'],
};

/** What belongs to a whole note and its pieces need. */
export interface Shared {
  /** Of links, which references need. */
  readonly definitions: readonly Definition[];
  /** By {@link formulaKey}; one that is not there is shown as its source. */
  readonly formulas: ReadonlyMap<string, Formula>;
}

/**
 * Turns nodes of a note into HTML's tree: raw HTML parsed and sanitised, links to notes turned into links to decks.
 *
 * @param nodes Neighbours from the note's tree; they are not changed.
 * @param shared What belongs to the whole note.
 * @returns Elements with white space between them.
 */
function toContent(nodes: readonly RootContent[], { definitions, formulas }: Shared): ElementContent[] {
  const root: Root = { type: 'root', children: [...structuredClone(nodes), ...definitions] };
  let hasHtml = false;
  visit(root, (node) => {
    if (node.type === 'html') hasHtml = true;
    if (node.type === 'link' || node.type === 'definition') node.url = deckAddress(node.url);
  });
  const chain = unified().use(remarkRehype, { allowDangerousHtml: true });
  if (hasHtml) chain.use(rehypeRaw);
  chain.use(rehypeSanitize, schema);
  const tree = chain.runSync(root) as HastRoot;
  visit(tree, 'element', (node) => {
    if (node.tagName === 'summary') node.tagName = 'strong';
    // The box of a task is named by its task; it tells itself whether it is done.
    if (node.tagName === 'li')
      visit(node, 'element', (inner) => {
        if (inner.tagName === 'input') inner.properties.ariaLabel ??= hastText(node).trim();
      });
    if (node.tagName === 'a' && /^https?:/.test(String(node.properties.href)))
      node.properties = { ...node.properties, target: '_blank', rel: ['noopener'] };
  });
  setFormulas(tree, formulas);
  joinWords(tree);
  markFigures(tree);
  const file = fileOf(nodes[0]);
  if (file !== undefined)
    visit(tree, (node) => {
      if (node.position) node.position = { ...node.position, file };
    });
  return tree.children.filter((node): node is ElementContent => node.type !== 'doctype');
}

/** The included note that a node comes from; the places of HTML's tree do not tell. */
function fileOf(node: RootContent | undefined): string | undefined {
  if (node?.position) return node.position.file;
  return node && 'children' in node ? fileOf(node.children[0]) : undefined;
}

/** Puts formulas in the places of their sources. */
function setFormulas(parent: HastRoot | Element, formulas: Shared['formulas']): void {
  if (formulas.size === 0) return;
  parent.children = parent.children.map((node) => {
    if (node.type !== 'element') return node;
    const [only] = node.tagName === 'pre' ? node.children : [node];
    const classes = only?.type === 'element' && only.tagName === 'code' ? only.properties.className : undefined;
    const display = Array.isArray(classes) && classes.includes('math-display');
    if (only && Array.isArray(classes) && (display || classes.includes('math-inline'))) {
      const formula = formulas.get(formulaKey(hastText(only), display));
      if (formula)
        return { ...formulaElement(formula, display), ...(node.position ? { position: node.position } : {}) };
    }
    setFormulas(node, formulas);
    return node;
  }) as ElementContent[];
}

/** Inline nodes, of a heading for example, as inline HTML. */
export function toInline(nodes: readonly PhrasingContent[], { definitions, formulas }: Shared): ElementContent[] {
  const [paragraph] = toContent([{ type: 'paragraph', children: [...nodes] }], { definitions, formulas });
  return paragraph?.type === 'element' ? paragraph.children : [];
}

/** Blocks as elements: what stands between blocks is white space. Loose text becomes a paragraph. */
export function toElements(nodes: readonly RootContent[], { definitions, formulas }: Shared): Element[] {
  const elements: Element[] = [];
  for (const node of toContent(nodes, { definitions, formulas })) {
    if (node.type === 'element') elements.push(node);
    else if (node.type === 'text' && node.value.trim() !== '')
      elements.push({ type: 'element', tagName: 'p', properties: {}, children: [node] });
  }
  return elements;
}

/** `./gather.md`, `./gather` and `gather.md#part` lead to that note's deck; every other address stays. */
export function deckAddress(url: string): string {
  const note =
    /^(?![a-z][a-z0-9+.-]*:|\/|#)((?:\.{1,2}\/)*(?:[^/?#]+\/)*)([^/?#]+?)(\.(?:md|markdown))?(?:#.*)?$/i.exec(url);
  if (!note) return url;
  const [, folder = '', name = '', ending] = note;
  const bare = !ending && folder.startsWith('.') && !name.includes('.');
  return ending || bare ? `../${name}/index.html` : url;
}
