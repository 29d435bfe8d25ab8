import { element } from './elements.ts';

/*
 * The page of `loopreel snapshot`: how pictures are laid over each other, by the mouse and by the keyboard, and a look
 * through a magnifying glass at what differs. Without this script they stand side by side.
 */

const form = document.querySelector<HTMLFormElement>('form.views');
const articles = [...document.querySelectorAll<HTMLElement>('article')];
if (form) start(form);

function start(form: HTMLFormElement): void {
  form.hidden = false;
  const share = form.querySelector<HTMLInputElement>('[name="share"]');
  const show = () => {
    const view = new FormData(form).get('view');
    document.documentElement.dataset.view = String(view);
    document.documentElement.style.setProperty('--share', `${share?.value ?? 50}%`);
    const slides = view === 'swipe' || view === 'onion';
    share?.toggleAttribute('disabled', !slides);
    share?.closest('label')?.classList.toggle('off', !slides);
  };
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('[name="previous"]')?.addEventListener('click', () => go(-1));
  form.querySelector('[name="next"]')?.addEventListener('click', () => go(1));
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const view = form.querySelectorAll<HTMLInputElement>('[name="view"]')[Number(event.key) - 1];
    if (view) {
      view.checked = true;
      show();
    } else if (event.key === 'j') go(1);
    else if (event.key === 'k') go(-1);
  });
  for (const picture of document.querySelectorAll<HTMLElement>('.pictures')) {
    if (picture.matches('.pair')) followPointer(picture, share, form, show);
    if (picture.dataset.box) markBox(picture, picture.dataset.box.split(' ').map(Number));
  }
  show();
  // What one goes to comes to rest below the bar, however many lines that has.
  new ResizeObserver(() => document.documentElement.style.setProperty('--bar', `${form.offsetHeight}px`)).observe(form);
}

/** Goes to the next picture from the one that is looked at. */
function go(by: 1 | -1): void {
  const bar = form?.offsetHeight ?? 0;
  const current = articles.findLastIndex((article) => article.getBoundingClientRect().top <= bar + 8);
  const next = articles[Math.min(articles.length - 1, Math.max(0, current + by))];
  next?.querySelector('h2')?.focus({ preventScroll: true });
  next?.scrollIntoView();
}

/** A finger or a pressed mouse button on a picture moves the seam. */
function followPointer(
  picture: HTMLElement,
  share: HTMLInputElement | null,
  form: HTMLFormElement,
  show: () => void,
): void {
  const follow = (event: PointerEvent) => {
    const view = new FormData(form).get('view');
    if (!share || event.buttons === 0 || (view !== 'swipe' && view !== 'onion')) return;
    const { left, width } = picture.getBoundingClientRect();
    share.value = String(Math.round(((event.clientX - left) / width) * 100));
    show();
    event.preventDefault();
  };
  picture.addEventListener('pointerdown', follow);
  picture.addEventListener('pointermove', follow);
}

/** Rings what differs, and draws it large, before and after. */
function markBox(picture: HTMLElement, [x = 0, y = 0, width = 0, height = 0]: number[]): void {
  const style = getComputedStyle(document.documentElement);
  const whole = {
    width: Number(style.getPropertyValue('--width')),
    height: Number(style.getPropertyValue('--height')),
  };
  const ring = element('div', { class: 'ring', 'aria-hidden': 'true' });
  const percent = (part: number, of: number) => `${(part / of) * 100}%`;
  ring.style.left = percent(x, whole.width);
  ring.style.top = percent(y, whole.height);
  ring.style.width = percent(width, whole.width);
  ring.style.height = percent(height, whole.height);
  picture.append(ring);

  // Surroundings of the middle, in the shape of a slide, and large enough to recognise the place.
  const wide = Math.min(whole.width, Math.max(96, width * 1.5, (height * 1.5 * whole.width) / whole.height));
  if (wide > whole.width / 3) return;
  const high = (wide * whole.height) / whole.width;
  const left = Math.min(whole.width - wide, Math.max(0, x + width / 2 - wide / 2));
  const top = Math.min(whole.height - high, Math.max(0, y + height / 2 - high / 2));
  const glass = element('div', { class: 'glass', 'aria-hidden': 'true' });
  for (const place of ['before', 'after']) {
    const image = picture.querySelector<HTMLImageElement>(`.${place} img`);
    if (!image) continue;
    const canvas = element('canvas', { width: '960', height: '540' }) as HTMLCanvasElement;
    const draw = () => {
      const context = canvas.getContext('2d');
      if (!context) return;
      context.imageSmoothingEnabled = false;
      context.drawImage(image, left, top, wide, high, 0, 0, canvas.width, canvas.height);
    };
    void image.decode().then(draw, () => undefined);
    glass.append(canvas);
  }
  const times = Math.round(whole.width / wide);
  picture.after(element('p', { class: 'times' }, [`The place that changed, ${times} times as large:`]), glass);
}
