/**
 * Critical path: which activities decide when the whole is done, and how late each other one may be.
 *
 * Method: forwards, each activity begins when all that it needs is finished; backwards from the end of the last one, the latest day on which
 * each may end without moving that end. Slack is the difference; without slack an activity is critical.
 * Shapes and units: activities with an id, a length in days (0 or more) and the ids of what they need; the answer in days from day 0.
 * Assumes: an activity takes its length without a pause, and as many people as are needed are free.
 * Do not use it for: who has too much to do; it knows no people.
 * Errors: RangeError for a negative length, for two activities of one id, and for a need that is not among the activities.
 * Refusal: activities that need each other in a ring, with the ring, the first id repeated at its end.
 * Reference: Kelley and Walker, Critical-path planning and scheduling, 1959 (docs/methods/critical-path.md).
 *
 * @example
 * criticalPath([{ id: 'deck', days: 5, needs: [] }]) // { days: 5, activities: [{ id: 'deck', start: 0, end: 5, slack: 0, isCritical: true }] }
 */
export function criticalPath(activities: readonly Activity[]): CriticalPath | { refused: 'ring'; ring: string[] } {
  const byId = new Map(activities.map((activity) => [activity.id, activity]));
  if (byId.size < activities.length) throw new RangeError('Two activities have the same id.');
  for (const { days, needs } of activities) {
    if (!(days >= 0)) throw new RangeError('The length of an activity must be 0 or more days.');
    if (needs.some((id) => !byId.has(id))) throw new RangeError('An activity needs one that is not there.');
  }
  const sorted = inOrder(activities, byId);
  if ('ring' in sorted) return { refused: 'ring', ring: sorted.ring };
  const ends = new Map<string, number>();
  for (const { id, days, needs } of sorted.order) ends.set(id, Math.max(0, ...needs.map((need) => ends.get(need)!)) + days);
  const end = Math.max(0, ...ends.values());
  const latest = new Map(activities.map(({ id }) => [id, end]));
  for (const { id, days, needs } of sorted.order.toReversed())
    for (const need of needs) latest.set(need, Math.min(latest.get(need)!, latest.get(id)! - days));
  const timed = activities.map(({ id, days }) => {
    const slack = Math.max(0, latest.get(id)! - ends.get(id)!);
    return { id, start: ends.get(id)! - days, end: ends.get(id)!, slack, isCritical: slack < 1e-9 };
  });
  return { days: end, activities: timed };
}

export type Activity = { id: string; days: number; needs: readonly string[] };
export type CriticalPath = {
  /** From the first beginning to the last end. */
  days: number;
  activities: { id: string; start: number; end: number; slack: number; isCritical: boolean }[];
};

/** Each after all that it needs, without recursion: a chain may have thousands of links. */
function inOrder(activities: readonly Activity[], byId: Map<string, Activity>): { order: Activity[] } | { ring: string[] } {
  const state = new Map<string, 'open' | 'done'>();
  const order: Activity[] = [];
  for (const first of activities) {
    const path: { activity: Activity; next: number }[] = [];
    if (!state.has(first.id)) path.push({ activity: first, next: 0 });
    while (path.length > 0) {
      const here = path.at(-1)!;
      state.set(here.activity.id, 'open');
      const need = here.activity.needs[here.next++];
      if (need === undefined) {
        state.set(here.activity.id, 'done');
        order.push(here.activity);
        path.pop();
      } else if (state.get(need) === 'open') {
        const ids = path.map(({ activity }) => activity.id);
        return { ring: [...ids.slice(ids.indexOf(need)), need] };
      } else if (!state.has(need)) path.push({ activity: byId.get(need)!, next: 0 });
    }
  }
  return { order };
}
