import { type Command, readReport, send } from './messages.ts';

/**
 * `<loopreel-replay src="deck/replay/b4.html" step="3" controls="full|step|none" views="code,lanes" scheme="dark">`: a replay in a page of one's own,
 * as high as it needs to be. It shows the replay's page in a frame, so the page's styles and the replay's never meet,
 * and no request leaves it: it works from `file://` too.
 *
 * Methods: `play()`, `pause()`, `next()` and `prev()` by key steps, `seek(step)` (from 1) or `seek({ mark })`.
 * Events: `step` (`detail: { step, steps, caption }`), `mark` (`detail: { label }`), `ended`.
 */
export class ReplayElement extends HTMLElement {
  static readonly observedAttributes = ['src', 'step', 'controls', 'views', 'scheme'];
  #frame: HTMLIFrameElement | null = null;
  #ready = false;
  #waiting: Command[] = [];
  readonly #hear = (event: MessageEvent) => this.#receive(event);

  connectedCallback(): void {
    if (!this.#frame) {
      const frame = document.createElement('iframe');
      frame.style.cssText = 'display:block;width:100%;height:100%;border:0';
      frame.title = this.getAttribute('title') ?? 'Loopreel';
      this.attachShadow({ mode: 'open' }).append(frame);
      this.#frame = frame;
    }
    if (!this.style.display) this.style.display = 'block';
    addEventListener('message', this.#hear);
    this.#load();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (!this.isConnected) return;
    if (name === 'step' && this.#ready) this.seek(Number(value));
    else this.#load();
  }

  play(): void {
    this.#command({ kind: 'play' });
  }

  pause(): void {
    this.#command({ kind: 'pause' });
  }

  next(): void {
    this.#command({ kind: 'next' });
  }

  prev(): void {
    this.#command({ kind: 'prev' });
  }

  seek(to: number | { readonly mark: string }): void {
    this.#command({ kind: 'seek', to });
  }

  #load(): void {
    const source = this.getAttribute('src');
    if (!this.#frame || !source) return;
    const settings = new URLSearchParams();
    for (const name of ['step', 'controls', 'views', 'scheme']) {
      const value = this.getAttribute(name);
      if (value !== null) settings.set(name, value);
    }
    this.#ready = false;
    this.#frame.src = `${source.split('#')[0]}#${settings}`;
  }

  #command(command: Command): void {
    const target = this.#frame?.contentWindow;
    if (target && this.#ready) send(target, command);
    else this.#waiting.push(command);
  }

  #receive(event: MessageEvent): void {
    if (event.source === null || event.source !== this.#frame?.contentWindow) return;
    const report = readReport(event.data);
    if (!report) return;
    if (report.kind === 'ready') {
      this.#ready = true;
      for (const command of this.#waiting.splice(0)) this.#command(command);
    } else if (report.kind === 'height') this.style.height = `${report.pixels}px`;
    else {
      const { kind, ...detail } = report;
      this.dispatchEvent(new CustomEvent(kind, { detail }));
    }
  }
}

/** Makes `<loopreel-replay>` known to the page. */
export function defineReplayElement(): void {
  if (!customElements.get('loopreel-replay')) customElements.define('loopreel-replay', ReplayElement);
}
