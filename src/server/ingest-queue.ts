import { Failure } from '../platform/failure.ts';

type Work = () => Promise<void>;
type Waiting = { since: number; size: number; start: Work; refuse: () => void };
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
const slice = { least: 10, most: 80 };

export const overloadedMessage = 'More is sent at this moment than can be taken. Nothing was kept: send it again.';
/** Those who are refused at once must not come back at once. */
export const retryAfterSeconds = () => 5 + Math.floor(Math.random() * 10);
export const overloaded = () => new Failure('unavailable', overloadedMessage, { retryAfterSeconds: retryAfterSeconds() });

/**
 * Requests that have come and wait to be begun, in order, their bodies unread. Once begun, a request is out of it until its body is whole, and then
 * goes before all that wait: a client that is slow to send holds up nobody.
 *
 * How long one may wait follows CoDel as services use it (Nichols and Jacobson, "Controlling queue delay", 2012; Maurer, "Fail at scale", 2015):
 * for a burst the whole interval, but only the target once the queue has not been empty for an interval. Who waited longer is refused. What a
 * newcomer would wait is told by Little's law, from the size of what waits and the pace of the last turns, so that it can be refused at once.
 *
 * The work is done in a slice of each turn of the event loop, never while sockets are read: else a thousand requests that come together would all be
 * begun before anything else, and nobody would know that they wait (Mogul and Ramakrishnan, "Eliminating receive livelock", 1997).
 */
export const openQueue = ({
  spoolDelay,
  now = () => performance.now(),
  targetMilliseconds = 500,
  intervalMilliseconds = 3000,
}: Options) => {
  const waiting: Waiting[] = [];
  const begun: Work[] = [];
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
  let came = 0;
  /** Lets the event loop go round as long as somebody comes, for a part of the time: in each round it takes only one new connection. */
  const goRound = (resolve: () => void) => {
    const leftAt = now();
    let before = came;
    const round = () => {
      const away = now() - leftAt;
      if (came > before && away < slice.most / shareOfWork) {
        before = came;
        return void setImmediate(round);
      }
      turning = undefined;
      keepPace();
      workUntil = now() + Math.min(slice.most, Math.max(slice.least, away * shareOfWork));
      resolve();
    };
    setImmediate(round);
  };
  const turn = () => (turning ??= new Promise<void>(goRound));
  const take = () => {
    const next = waiting.shift();
    if (next) waitingSize -= next.size;
    if (waiting.length === 0) emptyAt = now();
    return next;
  };
  // However slow the machine is, one is read in each interval.
  const isTooLate = ({ since }: Waiting) => now() - since > mostWait() && now() - readAt <= intervalMilliseconds;
  const workOne = async (): Promise<boolean> => {
    const goOn = begun.shift();
    const next = goOn ? undefined : take();
    if (goOn) await goOn();
    else if (next && isTooLate(next)) next.refuse();
    else if (next) {
      done += next.size;
      readAt = now();
      await next.start();
    }
    return Boolean(goOn ?? next);
  };
  const work = async () => {
    await turn();
    while (await workOne()) if (now() >= workUntil) await turn();
    // The last turn counts, too: what it did must not be taken for the next one's.
    if (--lanes === 0) keepPace();
  };

  const wake = () => {
    if (lanes === 0) turnedAt = now();
    if (lanes === mostAtOnce) return;
    lanes++;
    void work();
  };

  return {
    /** To be called for each connection and request that comes. */
    come: () => void came++,
    /** Whether what comes now would wait too long. */
    isBehind: () => delay() > mostDelay() || spoolDelay() > intervalMilliseconds,
    /** Begins a request with a body of so many bytes when its turn comes; rejects, with nothing done, when that takes too long. */
    begin: (bytes: number, start: Work) =>
      new Promise<void>((resolve, reject) => {
        const size = bytes + requestSize;
        if (waiting.length === 0) emptyAt = now();
        waiting.push({ since: now(), size, start: () => start().then(resolve, reject), refuse: () => reject(overloaded()) });
        waitingSize += size;
        wake();
      }),
    /** The work on a request that was begun, before all that wait. */
    goOn: <T>(run: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        begun.push(() => run().then(resolve, reject));
        wake();
      }),
  };
};

export type Queue = ReturnType<typeof openQueue>;
