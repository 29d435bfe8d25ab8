import type { Point } from 'unist';
import * as v from 'valibot';
import type { VFile } from 'vfile';
import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { meantKey } from './meantKey.ts';
import { report } from './report.ts';

/** What the simulated network answers to the URLs that fit `pattern`; successive requests take the answers in turn. */
export interface NetworkRule {
  /** `https://api.example.com/*`, `api.example.com/users/*`, or a host alone for all of its pages. */
  readonly pattern: string;
  readonly answers: readonly NetworkAnswer[];
}

/** One answer; what it leaves out is what the URL has by default. */
export interface NetworkAnswer {
  /** Seconds. */
  readonly latency?: number | undefined;
  readonly status?: number | undefined;
  /** A text, or a value that is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** There is no answer: nothing ever comes, nobody listens, no such host, the connection breaks. */
  readonly error?: 'timeout' | 'refused' | 'dns' | 'disconnected' | undefined;
}

const latencyWords = 'expected seconds, or a time such as `200ms`';
const statusWords = 'expected an HTTP status such as `404`';

const answer = v.strictObject({
  latency: v.optional(
    v.union(
      [
        v.pipe(v.number(), v.minValue(0)),
        v.pipe(
          v.string(),
          v.regex(/^\d+(\.\d+)?\s*m?s$/),
          v.transform((text) => Number.parseFloat(text) / (text.endsWith('ms') ? 1000 : 1)),
        ),
      ],
      latencyWords,
    ),
  ),
  status: v.optional(
    v.pipe(v.number(statusWords), v.integer(statusWords), v.minValue(100, statusWords), v.maxValue(599, statusWords)),
  ),
  body: v.optional(v.unknown()),
  headers: v.optional(
    v.record(
      v.string(),
      v.pipe(
        v.union([v.string(), v.number(), v.boolean()], 'expected a text'),
        v.transform((value) => String(value)),
      ),
      'expected a mapping of names to texts',
    ),
  ),
  error: v.optional(
    v.picklist(['timeout', 'refused', 'dns', 'disconnected'], 'expected `timeout`, `refused`, `dns` or `disconnected`'),
  ),
});

const answerKeys = Object.keys(answer.entries);
const patternShape = /^([a-z*]+:\/\/)?[^\s/:]+(:[\d*]+)?(\/\S*)?$/i;

/**
 * Reads the mapping behind `network:`.
 *
 * @param document The front matter, which holds it; its aliases can be resolved.
 * @param file Takes the messages, all of them fatal, each at the key that it is about.
 * @param pointAt Place in the note of an offset in the YAML.
 * @returns The rules in the order of the note, or undefined when something is wrong.
 */
export function readNetwork(
  document: Document,
  file: VFile,
  pointAt: (offset: number) => Point,
): readonly NetworkRule[] | undefined {
  const node = document.get('network', true) as Node | undefined;
  const rules: NetworkRule[] = [];
  let wrong = false;
  const complain = (at: Node | undefined, rule: string, reason: string, fix: string, expected?: string[]) => {
    wrong = true;
    const place = at?.range ? pointAt(at.range[0]) : undefined;
    report(file, reason, { place, rule, fix, fatal: true, ...(expected ? { expected } : {}) });
  };
  if (!isMap(node)) {
    const fix = 'Write `URL pattern: {latency: 0.5, status: 200, body: text}` below it.';
    complain(node, 'front-matter-value', 'Front-matter key `network`: expected a mapping of URL patterns', fix);
    return undefined;
  }
  for (const { key, value } of node.items) {
    const pattern = isScalar(key) ? String(key.value) : '';
    if (!patternShape.test(pattern))
      complain(
        key as Node,
        'front-matter-value',
        `\`network\`: \`${pattern}\` is no URL pattern`,
        'Write a URL with `*` as wildcard, such as `https://api.example.com/*`, or a host.',
      );
    const nodes = isSeq(value) ? (value.items as Node[]) : [value as Node];
    const answers = nodes.map((one): NetworkAnswer => {
      const result = v.safeParse(answer, isMap(one) ? one.toJS(document) : null);
      if (result.success) return result.output;
      for (const issue of result.issues) complain(...complaint(issue, one, key as Node, pattern));
      return {};
    });
    rules.push({ pattern, answers });
  }
  return wrong ? undefined : rules;
}

/** An issue of valibot's in words, at the key that it is about. */
function complaint(
  issue: v.InferIssue<typeof answer>,
  answerNode: Node,
  patternNode: Node,
  pattern: string,
): [Node | undefined, string, string, string, string[]?] {
  const name = issue.path?.[0]?.key;
  if (name === undefined) {
    const reason = `\`network\`: \`${pattern}\` needs a mapping such as \`{status: 404}\`, or a list of them`;
    return [answerNode ?? patternNode, 'front-matter-value', reason, `Write one or more of ${answerKeys.join(', ')}.`];
  }
  const key = String(name);
  const pair = isMap(answerNode) ? answerNode.items.find((item) => String(item.key) === key) : undefined;
  const at = (pair?.key ?? answerNode) as Node;
  if (issue.type === 'strict_object') {
    const meant = meantKey(key, answerKeys);
    const question = meant ? ` Did you mean \`${meant}\`?` : '';
    const fix = meant ? `Write \`${meant}\` or remove it.` : 'Remove it.';
    return [at, 'front-matter-key', `Unknown key \`${key}\` of an answer in \`network\`.${question}`, fix, answerKeys];
  }
  const reason = `\`network\`, key \`${key}\`: ${issue.message}, found \`${issue.received}\``;
  return [at, 'front-matter-value', reason, `Correct the value of \`${key}\` or remove it.`];
}
