// What the senders of these tests say: message n is the same whenever it is sent, only the clock of the sender goes on.
const start = Date.UTC(2026, 9, 31, 23, 30);

export const seeded = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Whether it can be counted: some say nothing of what happened, and are kept apart. */
export const isGood = (n) => n % 50 !== 13;

export const messageOf = (n) => {
  const who = n % 41;
  const common = { messageId: `m${n}`, timestamp: new Date(start + n * 1000).toISOString() };
  if (!isGood(n)) return { ...common, type: 'track', userId: `u${who}` };
  if (n % 25 === 7) return { ...common, type: 'identify', userId: `u${who}`, anonymousId: `a${who}`, traits: { plan: `p${n}` } };
  if (n % 100 === 31)
    return { ...common, type: 'group', userId: `u${who}`, groupId: `g${who % 5}`, traits: { name: `Company ${who % 5}` } };
  if (n % 200 === 51) return { ...common, type: 'alias', userId: `u${who}`, previousId: `old${who}` };
  const from = n % 3 === 0 ? { anonymousId: n % 2 ? `a${who}` : `old${who}` } : { userId: `u${who}` };
  return { ...common, type: 'track', event: `Event ${n % 7}`, ...from, properties: { n, plan: 'Team' } };
};
