import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withTokens } from '../../src/node/diagramColours.ts';
import { drawDiagrams } from '../../src/node/diagrams.ts';
import { cacheDirectory } from '../../src/node/record/cache.ts';
import { packageRoot } from '../../src/node/root.ts';
import { readNote } from '../../src/notes/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'loopreel-diagrams-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const runtime = cacheDirectory(packageRoot);
const note = (...fences: string[]) =>
  readNote(fences.map((text) => `\`\`\`mermaid\n${text}\n\`\`\`\n`).join('\n'), 'a.md');

const flow = 'flowchart LR\n  A[준비 큐] --> B{작업?}\n  B -- 예 --> C\n  style C fill:#f9f';
const sequence = 'sequenceDiagram\n  A->>B: 안녕\n  B-->>A: hello';

describe('drawDiagrams', () => {
  test('draws text in our fonts and the colours of tokens', { timeout: 60_000 }, async () => {
    const { drawn, problems } = await drawDiagrams(note(flow, sequence), folder, runtime);
    expect(problems).toEqual([]);
    for (const { svg, width, height } of drawn.values()) {
      expect(svg).not.toMatch(/foreignObject|trebuchet|<script|<a[ >]|#[\da-f]{6}\b|\brgb\(/i);
      expect(svg).toContain('var(--lr-ink)');
      expect(width * height).toBeGreaterThan(10_000);
    }
    expect(drawn.get(flow)?.label).toBe('예, 준비 큐, 작업?, C');
    expect(drawn.get(sequence)?.label).toContain('안녕, hello');
  });

  test('asks no browser for what it has drawn before', async () => {
    expect(readdirSync(join(folder, 'diagrams'))).toHaveLength(2);
    const { drawn } = await drawDiagrams(note(flow), folder, '/nowhere');
    expect([...drawn.keys()]).toEqual([flow]);
  });

  test('tells what is wrong once, at its line', { timeout: 60_000 }, async () => {
    const { drawn, problems } = await drawDiagrams(
      note('flowchart LR\n  A --> B\n  B --> --> C', 'flowchrt LR\n  A --> B', 'sequenceDiagram\n  A->>B'),
      null,
      runtime,
    );
    expect(drawn.size).toBe(0);
    expect(problems.map(({ line, reason }) => [line, reason.replace(/: `[^`]*`$/, '')])).toEqual([
      [4, 'diagram: `LINK` cannot stand here'],
      [8, 'diagram: its first line names no kind of diagram'],
      [expect.any(Number), expect.stringMatching(/^diagram: /)],
    ]);
  });

  test('lets nothing pass that acts or asks the network', { timeout: 60_000 }, async () => {
    const hostile = [
      'flowchart LR\n  A["<img src=x onerror=alert(1)>a"] --> B\n  click A "javascript:alert(1)"\n  click B "https://a.example"',
      '%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "@import url(https://a.example)", "flowchart": {"htmlLabels": true}}}%%\nflowchart LR\n  A["<script>alert(1)</script>x"] --> B',
    ];
    const { drawn } = await drawDiagrams(note(...hostile), null, runtime);
    for (const { svg } of drawn.values())
      expect(svg).not.toMatch(/<script|<img|<foreignObject|javascript:|a\.example|\son\w+=/i);
  });
});

test('withTokens() takes the nearest token for every way to write a colour, and leaves ids alone', () => {
  expect(withTokens('fill:#1b1e23;stroke:rgb(0,114,178);color:hsl(0,0%,100%)')).toBe(
    'fill:var(--lr-ink);stroke:var(--lr-accent);color:var(--lr-surface)',
  );
  expect(withTokens('fill="black" stroke="none" href="#abcdef-x" fill:rgba(0,0,0,0)')).toBe(
    'fill="var(--lr-ink)" stroke="none" href="#abcdef-x" fill:rgba(0,0,0,0)',
  );
});
