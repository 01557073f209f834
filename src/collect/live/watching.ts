import { withEventMeta } from '@orpc/server';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Lasting } from '../../platform/operation.ts';
import { type Live, liveOf, type Room } from './arriving.ts';
import { type News, newsOf, type Sight } from './news.ts';
import type { LiveAsked } from './schema.ts';
import { sightOf } from './sight.ts';

/** Between two messages, so that many events are one message; and the longest without one, so that a reader knows that it is still there. */
export const pace = { shortest: 250, longest: 5000 };
/** Who was taken out, or may do less, sees nothing more after that. */
export const askAgainMilliseconds = 5000;
/** Who reads nothing for so long is dropped. */
export const patience = { milliseconds: 30_000 };
const retryMilliseconds = 3000;

/** Where a reader who comes again goes on, if what they saw last is still known here; else with what is held. */
const startOf = (room: Room, lastEventId: string | undefined): { from: number; isAgain: boolean } => {
  const [epoch, number] = (lastEventId ?? '').split('-');
  const next = Number(number);
  if (epoch === room.epoch && Number.isInteger(next) && next >= 0 && next <= room.next) return { from: next, isAgain: true };
  return { from: room.entries[0]?.number ?? room.next, isAgain: false };
};

/** A sleep that others can end. */
const makeBell = () => {
  let ring = () => {};
  return {
    ring: () => ring(),
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
};

/** A reader's place: left when they go, when the server stops, or when they read nothing for too long. */
const takePlace = (context: Context, live: Live, room: Room) => {
  const bell = makeBell();
  const place = { isOver: false, isSlow: false, isReading: true, sleep: bell.sleep, leave: () => {}, reads: () => {}, waits: () => {} };
  const dropUnread = () => {
    if (!place.isReading) context.connection?.drop();
  };
  const leave = live.enter(room, {
    wake: bell.ring,
    end: () => {
      place.leave();
      dropUnread();
    },
  });
  let timer: NodeJS.Timeout | undefined;
  place.leave = () => {
    place.isOver = true;
    clearTimeout(timer);
    leave();
    bell.ring();
  };
  place.reads = () => {
    place.isReading = true;
    clearTimeout(timer);
  };
  place.waits = () => {
    place.isReading = false;
    timer = setTimeout(() => {
      place.isSlow = true;
      place.leave();
      dropUnread();
    }, patience.milliseconds).unref();
  };
  place.waits();
  return place;
};

const sum = (one: Omit<News, 'rows'>, other: News): News => ({
  rows: other.rows,
  received: one.received + other.received,
  leftOut: one.leftOut + other.leftOut,
});

const tooSlow = () =>
  new Failure('too_many', {
    en: 'Nothing was read here for too long, so the stream was ended. Watch again, and read as it comes.',
    zh: '太久没有读取，数据流已结束。请重新查看，并随到随读。',
  });

/** Messages with what arrives, until either side ends it: one iterator for all doors. */
export const watchArrivals = async (
  context: Context,
  asked: LiveAsked,
  lasting: Lasting,
): Promise<AsyncIterator<News, undefined, undefined>> => {
  const live = liveOf(context.application);
  const room = live.room(context.workspace.id);
  const place = takePlace(context, live, room);
  try {
    let sight: Sight = await sightOf(context, live);
    let { from, isAgain } = startOf(room, lasting.lastEventId);
    let [askedAt, sentAt] = [performance.now(), 0];
    let unsaid = { received: 0, leftOut: 0 };
    const take = (): News => {
      const news = sum(unsaid, newsOf(room, from, asked, sight));
      from = room.next;
      unsaid = { received: 0, leftOut: 0 };
      return news;
    };
    const say = (news: News) => {
      sentAt = performance.now();
      place.waits();
      return { done: false as const, value: withEventMeta(news, { id: `${room.epoch}-${from}`, retry: retryMilliseconds }) };
    };
    const isDue = (news: News) => {
      if (news.rows.length > 0) return true;
      const quiet = performance.now() - sentAt;
      return quiet >= pace.longest || (news.received > 0 && quiet >= 1000);
    };
    const next = async () => {
      place.reads();
      while (!place.isOver) {
        const now = performance.now();
        if (now - askedAt >= askAgainMilliseconds) {
          sight = await sightOf(await lasting.stillMay(), live);
          askedAt = performance.now();
          continue;
        }
        if (sentAt === 0) {
          const held = take();
          return say(isAgain ? held : { ...held, received: 0, leftOut: 0 });
        }
        if (now - sentAt >= pace.shortest) {
          const news = take();
          if (isDue(news)) return say(news);
          unsaid = news;
        }
        const until =
          now - sentAt < pace.shortest ? sentAt + pace.shortest : Math.min(askedAt + askAgainMilliseconds, sentAt + pace.longest);
        await place.sleep(Math.max(1, Math.min(until - now, unsaid.received > 0 ? 1000 : Infinity)));
      }
      if (place.isSlow) throw tooSlow();
      return { done: true as const, value: undefined };
    };
    const end = async () => {
      place.leave();
      return { done: true as const, value: undefined };
    };
    return { next, return: end };
  } catch (error) {
    place.leave();
    throw error;
  }
};
