import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { launchBrowser } from './chromium.ts';
import { themeVariables } from './diagramColours.ts';
import { UserError } from './errors.ts';
import { contentKey } from './record/cache.ts';

/** Pixels of a diagram's text at its own size. */
export const textSize = 32;
/** Milliseconds that one diagram may take. */
const patience = 30_000;

/** Strokes that are seen from the last row, and sizes that Mermaid has no setting for. */
const styles = [
  '.flowchart-link,.relation,.transition,.messageLine0,.messageLine1,.relationshipLine{stroke-width:2.5px}',
  '.actor-line,.node rect,.node circle,.node polygon,.node path,rect.actor,.note,.task{stroke-width:2px}',
  '.grid .tick text{font-size:22px}.titleText{font-size:30px}',
  '.edgeLabel rect,.edgeLabel .label rect{opacity:1}',
].join('');

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}
export interface Failure {
  readonly error: string;
}

/** Draws each text; an answer for each, in order. */
export async function inChromium(
  mermaid: string,
  runtimeDirectory: string,
  texts: readonly string[],
): Promise<(Drawing | Failure)[]> {
  const choice = { cacheDirectory: runtimeDirectory };
  // The packaged browser is the same everywhere; where there is none, any will do.
  const browser = await launchBrowser({ ...choice, packaged: true }).catch((error: unknown) => {
    if (error instanceof UserError) return launchBrowser(choice);
    throw error;
  });
  const folder = await mkdtemp(join(tmpdir(), 'loopreel-diagrams-'));
  try {
    await writeFile(join(folder, 'page.html'), pageOf(mermaid));
    const page = await browser.newPage();
    await page.setRequestInterception(true);
    page.on('request', (request) => void (request.url().startsWith('file:') ? request.continue() : request.abort()));
    await page.goto(pathToFileURL(join(folder, 'page.html')).href, { waitUntil: 'load' });
    const answers: (Drawing | Failure)[] = [];
    for (const text of texts) answers.push(await drawOne(page, text));
    return answers;
  } finally {
    await browser.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

async function drawOne(page: Page, text: string): Promise<Drawing | Failure> {
  const settings = {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'suppressErrorRendering',
      'maxEdges',
      'htmlLabels',
      'theme',
      'themeVariables',
      'themeCSS',
      'fontFamily',
      'altFontFamily',
      'dompurifyConfig',
    ],
    theme: 'base',
    themeVariables: { ...themeVariables, fontFamily: 'Loopreel Sans', fontSize: `${textSize}px` },
    themeCSS: styles,
    fontFamily: 'Loopreel Sans',
    fontSize: textSize,
    htmlLabels: false,
    flowchart: {
      htmlLabels: false,
      useMaxWidth: false,
      padding: 24,
      nodeSpacing: 64,
      rankSpacing: 72,
      wrappingWidth: 520,
    },
    class: { htmlLabels: false, useMaxWidth: false },
    state: { useMaxWidth: false, nodeSpacing: 64, rankSpacing: 64 },
    er: { useMaxWidth: false, fontSize: textSize },
    sequence: {
      useMaxWidth: false,
      actorFontSize: textSize,
      messageFontSize: textSize - 2,
      noteFontSize: textSize - 4,
      actorFontFamily: 'Loopreel Sans',
      messageFontFamily: 'Loopreel Sans',
      noteFontFamily: 'Loopreel Sans',
      width: 240,
      height: 84,
      boxMargin: 16,
      messageMargin: 52,
    },
    gantt: {
      useMaxWidth: false,
      useWidth: 1500,
      fontSize: textSize - 4,
      sectionFontSize: textSize - 4,
      barHeight: 48,
      barGap: 12,
      topPadding: 72,
      leftPadding: 220,
      gridLineStartPadding: 40,
    },
    pie: { useMaxWidth: false },
    journey: { useMaxWidth: false },
    timeline: { useMaxWidth: false },
    mindmap: { useMaxWidth: false },
    gitGraph: { useMaxWidth: false },
  };
  const id = `diagram-${contentKey(text).slice(0, 12)}`;
  const work = page.evaluate(
    async (text, settings, id, size): Promise<Drawing | Failure> => {
      const { mermaid } = globalThis as unknown as {
        mermaid: {
          initialize(settings: object): void;
          parse(text: string): Promise<unknown>;
          render(id: string, text: string): Promise<{ svg: string }>;
        };
      };
      try {
        await Promise.all([...document.fonts].map((font) => font.load()));
        mermaid.initialize(settings);
        await mermaid.parse(text);
        const { svg: source } = await mermaid.render(id, text);
        const holder = document.createElement('div');
        holder.innerHTML = source;
        document.body.append(holder);
        const svg = holder.querySelector('svg');
        if (!svg) return { error: 'nothing was drawn' };
        for (const link of svg.querySelectorAll('a')) link.replaceWith(...link.childNodes);
        for (const element of svg.querySelectorAll('*'))
          for (const { name } of [...element.attributes])
            if (/^on|^(?:xlink:)?href$/i.test(name) && !element.getAttribute(name)?.startsWith('#'))
              element.removeAttribute(name);
        const { x, y, width, height } = svg.viewBox.baseVal;
        svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
        for (const name of [
          'style',
          'width',
          'height',
          'role',
          'aria-roledescription',
          'aria-labelledby',
          'aria-describedby',
        ])
          svg.removeAttribute(name);
        svg.setAttribute('aria-hidden', 'true');
        const words = [...svg.querySelectorAll('text')].map(
          (label) =>
            [...label.querySelectorAll('tspan:not(:has(tspan))')].map((part) => part.textContent ?? '').join(' ') ||
            label.textContent ||
            '',
        );
        // Kinds that have no setting for it draw at sizes of their own: text shall be as large in all of them.
        const sizes = [...svg.querySelectorAll('text')]
          .map((label) => Number.parseFloat(getComputedStyle(label).fontSize))
          .sort((a, b) => a - b);
        const scale = Math.min(2.2, Math.max(1, size / (sizes[sizes.length >> 1] ?? size)));
        const title = svg.querySelector('title')?.textContent ?? '';
        const said = [...new Set([title, ...words].map((word) => word.replace(/\s+/g, ' ').trim()).filter(Boolean))];
        const result = {
          svg: new XMLSerializer().serializeToString(svg),
          width: width * scale,
          height: height * scale,
          label: said.join(', ').slice(0, 600),
        };
        holder.remove();
        return result;
      } catch (error) {
        return { error: String(error instanceof Error ? error.message : error) };
      }
    },
    text,
    settings,
    id,
    textSize,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Failure>((resolve) => {
    timer = setTimeout(() => resolve({ error: `it was not drawn within ${patience / 1000} s` }), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Whole fonts: the labels are measured with what the pages will draw them with. */
function pageOf(mermaid: string): string {
  const require = createRequire(import.meta.url);
  const face = (weight: number, name: string) => {
    const file = require.resolve(`pretendard/dist/public/static/alternative/Pretendard-${name}.ttf`);
    return `@font-face{font-family:"Loopreel Sans";font-weight:${weight};src:url("${pathToFileURL(file).href}")}`;
  };
  const styles = [face(400, 'Regular'), face(700, 'Bold')].join('');
  return `<!doctype html><meta charset="utf-8"><style>${styles}</style><script src="${pathToFileURL(mermaid).href}"></script><body></body>`;
}
