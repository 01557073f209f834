import { Failure } from '../platform/failure.ts';

type Waiting = { since: number; size: number; start: () => Promise<void>; refuse: () => void };
type Options = {
  /** How long the oldest lines have waited to be on disk. */
  spoolDelay: () => number;
  now?: () => number;
  targetMilliseconds?: number;
  intervalMilliseconds?: number;
};

const mostAtOnce = 4; // so that what is being unpacked is bounded, too
const requestSize = 2048; // what a request costs beside its bytes, as if it were bytes
const shareOfWork = 4; // of five parts of the time four are for bodies, however many requests there are to refuse
const slice = { least: 10, most: 50 };

export const overloadedMessage = 'More is sent at this moment than can be taken. Nothing was kept: send it again.';
/** Those who are refused at once must not come back at once. */
export const retryAfterSeconds = () => 5 + Math.floor(Math.random() * 10);
export const overloaded = () => new Failure('unavailable', overloadedMessage, { retryAfterSeconds: retryAfterSeconds() });

/**
 * Bodies that have come whole and wait to be read, in order. Only those count as waiting: a client that is slow to send holds up nobody.
 *
 * How long one may wait follows CoDel as services use it (Nichols and Jacobson, "Controlling queue delay", 2012; Maurer, "Fail at scale", 2015):
 * for a burst the whole interval, but only the target once the queue has not been empty for an interval. Who waited longer is refused. What a
 * newcomer would wait is told by Little's law, from the size of what waits and the pace of the last turns, so that it can be refused unread.
 *
 * Bodies are read in a slice of each turn of the event loop, never while sockets are: else a thousand requests that come together would all be
 * begun before anything else, and nobody would know that they wait (Mogul and Ramakrishnan, "Eliminating receive livelock", 1997).
 */
export const openQueue = ({
  spoolDelay,
  now = () => performance.now(),
  targetMilliseconds = 500,
  intervalMilliseconds = 3000,
}: Options) => {
  const waiting: Waiting[] = [];
  let waitingSize = 0;
  let emptyAt = now();
  let readAt = now();
  let lanes = 0;

  const isStanding = () => now() - emptyAt > intervalMilliseconds;
  const mostDelay = () => (isStanding() ? targetMilliseconds : intervalMilliseconds);
  // What a newcomer would wait is an estimate: who was let in by it is not sent away for a little more.
  const mostWait = () => (isStanding() ? 2 * targetMilliseconds : intervalMilliseconds);

  // Of the last turns, the older the less.
  const pace = { milliseconds: 0, size: 0 };
  let done = 0;
  let turnedAt = 0;
  const keepPace = () => {
    pace.milliseconds = pace.milliseconds * 0.9 + (now() - turnedAt);
    pace.size = pace.size * 0.9 + done;
    [done, turnedAt] = [0, now()];
  };
  const delay = () => (waitingSize * (pace.milliseconds + now() - turnedAt)) / Math.max(pace.size + done, requestSize);

  let workUntil = 0;
  let turning: Promise<void> | undefined;
  const turn = () => {
    const leftAt = now();
    return (turning ??= new Promise<void>((resolve) =>
      setImmediate(() => {
        turning = undefined;
        keepPace();
        workUntil = now() + Math.min(slice.most, Math.max(slice.least, (now() - leftAt) * shareOfWork));
        resolve();
      }),
    ));
  };
  const take = () => {
    const next = waiting.shift();
    if (next) waitingSize -= next.size;
    if (waiting.length === 0) emptyAt = now();
    return next;
  };
  // However slow the machine is, one is read in each interval.
  const isTooLate = ({ since }: Waiting) => now() - since > mostWait() && now() - readAt <= intervalMilliseconds;
  const work = async () => {
    await turn();
    for (let next = take(); next; next = take()) {
      if (isTooLate(next)) next.refuse();
      else {
        await next.start();
        done += next.size;
        readAt = now();
      }
      if (now() >= workUntil) await turn();
    }
    // The last turn counts, too: what it did must not be taken for the next one's.
    if (--lanes === 0) keepPace();
  };

  return {
    /** Whether what comes now would wait too long. */
    isBehind: () => delay() > mostDelay() || spoolDelay() > intervalMilliseconds,
    /** Does the work on a body of so many bytes when its turn comes; rejects, with nothing done, when that takes too long. */
    run: <T>(bytes: number, read: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        const size = bytes + requestSize;
        if (waiting.length === 0) emptyAt = now();
        waiting.push({ since: now(), size, start: () => read().then(resolve, reject), refuse: () => reject(overloaded()) });
        waitingSize += size;
        if (lanes === 0) turnedAt = now();
        if (lanes === mostAtOnce) return;
        lanes++;
        void work();
      }),
  };
};

export type Queue = ReturnType<typeof openQueue>;
