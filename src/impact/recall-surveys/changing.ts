import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import type { RecallSurvey, RecallWave, WaveFields } from './schema.ts';

export const changedMeanwhile = (current: RecallSurvey) =>
  new Failure(
    'conflict',
    {
      en: 'Somebody changed this recall survey meanwhile. Load it again, then repeat your change.',
      zh: '此期间有人修改了这项品牌回忆调查。请重新载入，再重复你的修改。',
    },
    { current },
  );

export const requireUnregistered = ({ target }: RecallSurvey): void => {
  if (target)
    throw new Failure('conflict', {
      en: `A target was registered on ${target.at.slice(0, 10)} by ${target.by}: the words that it rests on stay as they are. Plan another survey.`,
      zh: `${target.by} 已于 ${target.at.slice(0, 10)} 登记目标：其所依据的文字不再改动。请另建一项调查。`,
    });
};

/** A wave with its last day, in the shape it is kept in. */
export type Wave = Pick<RecallWave, 'moment' | 'startsOn' | 'endsOn' | 'exposed' | 'notExposed'>;

export const asEntered = ({ moment, startsOn, endsOn, exposed, notExposed }: WaveFields): Wave => ({
  moment,
  startsOn,
  endsOn: endsOn ?? startsOn,
  exposed: exposed ?? null,
  notExposed: notExposed ?? null,
});

const rank = { before: 0, during: 1, after: 2 };
const momentWords = {
  before: { en: 'before', zh: '投放前' },
  during: { en: 'during', zh: '投放中' },
  after: { en: 'after', zh: '投放后' },
};

type Refusal = { code: 'invalid' | 'conflict'; said: Said };

/** Why a wave cannot stand beside the others of its survey, or nothing. */
export const objectionTo = (wave: Wave, others: readonly Pick<Wave, 'moment' | 'startsOn'>[], today: string): Refusal | undefined => {
  const { moment, startsOn, endsOn } = wave;
  if (endsOn < startsOn)
    return {
      code: 'invalid',
      said: {
        en: `The last day (${endsOn}) is before the first (${startsOn}). Turn them round.`,
        zh: `最后一天（${endsOn}）早于第一天（${startsOn}）。请对调。`,
      },
    };
  if (endsOn > today)
    return {
      code: 'invalid',
      said: {
        en: `${endsOn} has not come yet (today is ${today}). Enter a wave when all its people have been asked.`,
        zh: `${endsOn} 尚未到来（今天是 ${today}）。请在问完所有人之后录入。`,
      },
    };
  if (!wave.exposed && !wave.notExposed)
    return {
      code: 'invalid',
      said: {
        en: 'A wave needs the counts of a group: of those exposed, of those not exposed, or of both.',
        zh: '每一轮至少需要一组的人数：接触组、未接触组，或两者。',
      },
    };
  if (others.some((other) => other.startsOn === startsOn))
    return {
      code: 'conflict',
      said: {
        en: `A wave that began on ${startsOn} is there already. Change that one, or give this one its own day.`,
        zh: `已有一轮始于 ${startsOn}。请修改那一轮，或为本轮填写自己的日期。`,
      },
    };
  const astray = others.find((other) =>
    startsOn < other.startsOn ? rank[moment] > rank[other.moment] : rank[moment] < rank[other.moment],
  );
  if (astray)
    return {
      code: 'invalid',
      said: {
        en: `A wave ${momentWords[moment].en} the program cannot begin on ${startsOn}: one ${momentWords[astray.moment].en} it began on ${astray.startsOn}. Check the days.`,
        zh: `${momentWords[moment].zh}的一轮不能始于 ${startsOn}：${momentWords[astray.moment].zh}的一轮始于 ${astray.startsOn}。请核对日期。`,
      },
    };
  return undefined;
};
