import { chance } from './chance.ts';
import { recall, seed as plantedSeed } from './planted.ts';

export type RecallGroup = 'exposed' | 'notExposed';

/** How many were asked in each wave of the survey about the boards, and how many of them named Weftwork. */
export function recallWaves(seed = plantedSeed) {
  const { happens } = chance(seed, 'recall');
  return recall.waves.map(({ moment, startsOn, endsOn, asked, chances }) => {
    const draw = (group: RecallGroup) => {
      let recalled = 0;
      for (let person = 0; person < asked[group]; person += 1) if (happens(chances[group])) recalled += 1;
      return { asked: asked[group], recalled };
    };
    return { moment, startsOn, endsOn, exposed: draw('exposed'), notExposed: draw('notExposed') };
  });
}
