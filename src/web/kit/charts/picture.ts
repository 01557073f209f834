import interUrl from '@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2?url';
import { drawTree, escaped } from './picture-tree.ts';

type Asked = {
  /** Every chart in here is drawn, one under the other, with its title. */
  within: HTMLElement;
  kind: 'png' | 'svg';
  theme: 'light' | 'dark';
  source?: string;
};

const padding = 24;
const gap = 28;
const families = "'Inter Variable', Inter, 'Noto Sans SC', 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";

/** The charts as they are, as one picture that needs nothing else: font, colours, title and source are in it. */
export const drawPicture = async ({ within, kind, theme, source }: Asked): Promise<Blob> => {
  const font = await readFont();
  const svg = write(
    inTheme(theme, () => assemble(within, source)),
    font,
  );
  return kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml;charset=utf-8' }) : rasterize(svg);
};

type Assembled = { width: number; height: number; paper: string; body: string };

const assemble = (within: HTMLElement, source?: string): Assembled => {
  const sections = [...within.querySelectorAll<HTMLElement>('[data-chart]')].map((figure) => figure.closest('section') ?? figure);
  if (sections.length === 0) throw new Error('There is no chart to draw.');
  const style = getComputedStyle(document.documentElement);
  const isLight = document.documentElement.dataset.theme === 'light';
  const paper = isLight ? '#ffffff' : style.getPropertyValue('--paper').trim();
  const drawn = sections.map((section) => drawTree(section, paper));
  const width = Math.max(...drawn.map((one) => one.width)) + 2 * padding;
  let top = padding;
  const body = drawn.map((one) => {
    const placed = `<g transform="translate(${padding} ${top})">${one.body}</g>`;
    top += one.height + gap;
    return placed;
  });
  const ink = style.getPropertyValue('--ink-3').trim();
  const line = source ? `<text x="${padding}" y="${top - gap + 26}" font-size="11" fill="${ink}">${escaped(source)}</text>` : '';
  return { width, height: top - gap + (source ? 26 : 0) + padding, paper, body: [...body, line].join('') };
};

const write = ({ width, height, paper, body }: Assembled, font: string): string => {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const face = `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(${font}) format('woff2')}text{font-variant-numeric:tabular-nums lining-nums;white-space:pre}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${families}">` +
    `<style>${face}</style><rect width="${w}" height="${h}" fill="${paper}"/>${body}</svg>`
  );
};

/** Draws under a theme without showing it: nothing is painted until this is done, and nothing moves meanwhile. */
const inTheme = <Result>(theme: 'light' | 'dark', draw: () => Result): Result => {
  const page = document.documentElement;
  const before = page.dataset.theme;
  const durations = ['--d-1', '--d-2', '--d-3'];
  for (const name of durations) page.style.setProperty(name, '0ms');
  page.dataset.theme = theme;
  try {
    return draw();
  } finally {
    page.dataset.theme = before;
    for (const name of durations) page.style.removeProperty(name);
  }
};

const readFont = async (): Promise<string> => {
  const bytes = await (await fetch(interUrl)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^data:[^;,]*/, 'data:font/woff2')));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The font could not be read.')));
    reader.readAsDataURL(bytes);
  });
};

const scale = 2;

/** Twice the size, so that it is sharp on a slide. */
const rasterize = async (svg: string): Promise<Blob> => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
  );
};
