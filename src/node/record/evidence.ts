import * as v from 'valibot';

const place = {
  line: v.number(),
  column: v.number(),
  endLine: v.number(),
  endColumn: v.number(),
};

const schema = v.object({
  mode: v.picklist(['script', 'await', 'repl']),
  /** `[nanoseconds, line, statement, stream, text]` */
  pieces: v.array(v.tuple([v.number(), v.number(), v.number(), v.picklist(['stdout', 'stderr']), v.string()])),
  busySeconds: v.number(),
  pasted: v.optional(v.object({ line: v.number(), text: v.string() })),
  output: v.optional(v.boolean()),
  names: v.array(
    v.object({
      ...place,
      name: v.string(),
      from: v.picklist(['nowhere', 'later', 'library', 'package']),
      package: v.optional(v.string()),
      at: v.optional(v.number()),
    }),
  ),
  findings: v.array(
    v.variant('rule', [
      v.object({ ...place, rule: v.literal('never-awaited'), what: v.string() }),
      v.object({
        ...place,
        rule: v.literal('deprecated'),
        what: v.string(),
        since: v.string(),
        removed: v.nullable(v.string()),
        instead: v.string(),
      }),
    ]),
  ),
});

/** What `loopreel check` asks of a recording besides (`evidence.py` tells of each field). */
export type BlockEvidence = v.InferOutput<typeof schema>;

/** Whether a value has the shape of it. */
export function isEvidence(value: unknown): value is BlockEvidence {
  return v.is(schema, value);
}
