/** What the page shows of an element, written as SVG: grounds, borders, texts and drawings at their places. */

export type Drawn = { width: number; height: number; body: string };

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

type Pen = { left: number; top: number; right: number; bottom: number; parts: string[]; paper: string };

const skipped = '.right, .vh, [data-outside-picture], input, button > svg';

export const drawTree = (element: Element, paper: string): Drawn => {
  const { left, top } = element.getBoundingClientRect();
  const pen: Pen = { left, top, right: left, bottom: top, parts: [], paper };
  draw(element, pen);
  return { width: pen.right - left, height: pen.bottom - top, body: pen.parts.join('') };
};

const round = (value: number) => Math.round(value * 10) / 10;

const draw = (element: Element, pen: Pen): void => {
  if (element.matches(skipped)) return;
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return;
  if (element instanceof SVGSVGElement) return drawSvg(element, pen);
  if (element.closest('[data-chart]')) drawBox(element, style, pen);
  for (const node of element.childNodes) {
    if (node instanceof Text) drawText(node, style, pen);
    else if (node instanceof Element) draw(node, pen);
  }
};

const reach = (pen: Pen, rect: DOMRect): void => {
  pen.right = Math.max(pen.right, rect.right);
  pen.bottom = Math.max(pen.bottom, rect.bottom);
};

const isClear = (colour: string) => colour === 'transparent' || /(?:,\s*|\/\s*)0\)$/.test(colour);

const drawBox = (element: Element, style: CSSStyleDeclaration, pen: Pen): void => {
  const rect = element.getBoundingClientRect();
  if (rect.width === 0 || rect.height === 0) return;
  reach(pen, rect);
  const [x, y, width, height] = [rect.left - pen.left, rect.top - pen.top, rect.width, rect.height].map(round) as [
    number,
    number,
    number,
    number,
  ];
  const ground = style.backgroundColor;
  // What is of the colour of the page only hides what scrolls under it.
  const isPage = ground === getComputedStyle(document.body).backgroundColor;
  if (!isClear(ground) && !isPage) {
    const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, height / 2);
    pen.parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${plain(ground)}"/>`);
  }
  if (style.backgroundImage.startsWith('repeating-linear-gradient')) pen.parts.push(hatch(x, y, width, height, plain(style.color)));
  const line = Number.parseFloat(style.borderBottomWidth);
  if (line > 0 && style.borderBottomStyle === 'solid' && !isClear(style.borderBottomColor) && width > 12)
    pen.parts.push(
      `<path d="M${x} ${round(y + height - line / 2)}h${width}" stroke="${plain(style.borderBottomColor)}" stroke-width="${line}"/>`,
    );
};

/** Oblique lines inside a box, one by one: patterns are not taken by every program. */
const hatch = (x: number, y: number, width: number, height: number, colour: string): string => {
  const lines: string[] = [];
  for (let start = 6; start < width + height; start += 8) {
    const [x1, y1] = start <= width ? [start, 0] : [width, start - width];
    const [x2, y2] = start <= height ? [0, start] : [start - height, height];
    lines.push(`M${round(x + x1)} ${round(y + y1)}L${round(x + x2)} ${round(y + y2)}`);
  }
  return `<path d="${lines.join('')}" stroke="${colour}" stroke-opacity="0.3" stroke-width="1" fill="none"/>`;
};

/** A text, word by word into the lines that the page broke it into. */
const drawText = (node: Text, style: CSSStyleDeclaration, pen: Pen): void => {
  const range = document.createRange();
  const lines: { left: number; rect: DOMRect; text: string }[] = [];
  for (const match of node.data.matchAll(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/gu)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const rect = [...range.getClientRects()].find(({ width }) => width > 0);
    if (!rect) continue;
    reach(pen, rect);
    const line = lines.at(-1);
    if (line && Math.abs(line.rect.top - rect.top) < 3) line.text += match[0];
    else lines.push({ left: rect.left, rect, text: match[0] });
  }
  for (const { left, rect, text } of lines) {
    if (text.trim() === '') continue;
    const baseline = rect.top + rect.height * 0.795 - pen.top;
    pen.parts.push(
      `<text x="${round(left - pen.left)}" y="${round(baseline)}" font-size="${Number.parseFloat(style.fontSize)}" font-weight="${style.fontWeight}" fill="${plain(style.color)}">${escaped(clipped(text, node, rect))}</text>`,
    );
  }
};

/** A name that the page cuts with an ellipsis is cut here too. */
const clipped = (text: string, node: Text, rect: DOMRect): string => {
  const holder = node.parentElement;
  const whole = text.replace(/\s+/g, ' ').trimEnd();
  if (!holder || holder.scrollWidth <= holder.clientWidth || getComputedStyle(holder).textOverflow !== 'ellipsis') return whole;
  const share = (holder.getBoundingClientRect().right - rect.left) / holder.scrollWidth;
  return share >= 1 ? whole : `${whole.slice(0, Math.max(1, Math.floor(whole.length * share) - 1)).trimEnd()}…`;
};

const marks = [
  ['fill', ''],
  ['fill-opacity', '1'],
  ['stroke', 'none'],
  ['stroke-width', '1px'],
  ['stroke-dasharray', 'none'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['opacity', '1'],
  ['paint-order', 'normal'],
] as const;
const letters = [
  ['font-size', ''],
  ['font-weight', '400'],
  ['text-anchor', 'start'],
] as const;

/** A copy of a drawing whose looks stand at each mark and no longer in style sheets. */
const drawSvg = (svg: SVGSVGElement, pen: Pen): void => {
  const rect = svg.getBoundingClientRect();
  if (rect.width === 0) return;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[...svg.querySelectorAll('*')], [...copy.querySelectorAll('*')]];
  for (const [index, original] of from.entries()) inline(original, to[index]!, pen.paper);
  for (const outside of copy.querySelectorAll('[data-outside-picture]')) outside.remove();
  for (const original of from)
    if (original instanceof SVGGraphicsElement && !original.closest('[data-outside-picture]')) reach(pen, original.getBoundingClientRect());
  reach(pen, rect);
  const inside = [...copy.childNodes].map((node) => new XMLSerializer().serializeToString(node)).join('');
  const body = inside.replaceAll(' xmlns="http://www.w3.org/2000/svg"', '');
  pen.parts.push(`<g transform="translate(${round(rect.left - pen.left)} ${round(rect.top - pen.top)})">${body}</g>`);
};

const inline = (original: Element, copy: Element, paper: string): void => {
  const style = getComputedStyle(original);
  const isText = original.matches('text, tspan');
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  if (original.matches('g, title, desc, defs')) return;
  for (const [name, usual] of isText ? [...marks, ...letters] : marks) {
    const value = style.getPropertyValue(name);
    if (value === usual || value === '') continue;
    copy.setAttribute(name, name === 'fill' || name === 'stroke' ? onPaper(plain(value), paper) : value.replaceAll('px', ''));
  }
};

/** Halos and rings are of the page's colour; in the picture they are of its own. */
const onPaper = (colour: string, paper: string): string =>
  colour === plain(getComputedStyle(document.body).backgroundColor) ? paper : colour;

let pixel: CanvasRenderingContext2D | null = null;

/** Every program reads rgb; newer ways of writing a colour are painted once and read back. */
const plain = (colour: string): string => {
  if (colour === 'none' || /^#|^rgb\(|^url/.test(colour)) return colour;
  pixel ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  if (!pixel) return colour;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
};
