/** Where things lie in a chart, without drawing any of it. */

export type Linear = (value: number) => number;

export const linear =
  ([from, to]: [number, number], [start, end]: [number, number]): Linear =>
  (value) =>
    start + ((value - from) / (to - from || 1)) * (end - start);

const roundSteps = [1, 2, 2.5, 5, 10];

/** The smallest round step that leaves no more than `most` ticks. */
export const roundStep = (size: number, most: number, whole = false): number => {
  if (!(size > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(size / most));
  const step = roundSteps.map((factor) => factor * power).find((one) => size / one <= most) ?? power * 10;
  return whole ? Math.max(1, Math.ceil(step)) : step;
};

export type Ticks = { domain: [number, number]; ticks: number[] };

/** A domain that ends on round figures, with its ticks. `ceiling` holds shares at 100%. */
export const rounded = (low: number, high: number, most = 4, { ceiling = Infinity, whole = false } = {}): Ticks => {
  const step = roundStep(high - low || Math.abs(high) || 1, most, whole);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.min(ceiling, Math.max(from + step, Math.ceil(high / step - 1e-9) * step));
  const count = Math.floor((to - from) / step + 1e-6);
  return { domain: [from, to], ticks: Array.from({ length: count + 1 }, (_, index) => Number((from + index * step).toPrecision(12))) };
};

/** Places for labels that would lie on each other: nearest to where they belong, in order, none outside. */
export const spread = (wanted: number[], gap: number, [top, bottom]: [number, number]): number[] => {
  const order = wanted.map((_, index) => index).toSorted((a, b) => wanted[a]! - wanted[b]!);
  const placed = order.map((index) => Math.min(bottom, Math.max(top, wanted[index]!)));
  for (let round = 0; round < 40; round += 1) {
    for (let index = 1; index < placed.length; index += 1) {
      const over = gap - (placed[index]! - placed[index - 1]!);
      if (over <= 0) continue;
      placed[index - 1] = Math.max(top, placed[index - 1]! - over / 2);
      placed[index] = Math.min(bottom, Math.max(placed[index]! + over / 2, placed[index - 1]! + gap));
    }
  }
  const result: number[] = [];
  for (const [place, index] of order.entries()) result[index] = placed[place]!;
  return result;
};

/** About how wide a text is: Han characters are square, others a little over half as wide as high. */
export const textWidth = (text: string, size = 11): number =>
  Array.from(text).reduce(
    (sum, sign) => sum + (/[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]/.test(sign) ? 1 : /[ilj.,:'| ]/.test(sign) ? 0.3 : 0.58),
    0,
  ) * size;

/** What the margin must hold of a label where a line ends: its figure, the larger when it stands alone, or what is written with it. */
export const labelWidth = ({ name, value, interval }: { name: string; value: string; interval: string | null }, count: number): number =>
  Math.max(textWidth(value, count === 1 ? 15 : 13), textWidth(name, 12), textWidth(interval ?? '', 12));

/** A text that fits, cut with an ellipsis if it must be. */
export const fitted = (text: string, width: number, size = 11): string => {
  if (textWidth(text, size) <= width) return text;
  const signs = Array.from(text);
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, size) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
};
