export const seeded: (seed: number) => () => number;
export const isGood: (n: number) => boolean;
export const messageOf: (n: number) => Record<string, unknown>;
