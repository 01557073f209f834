import { type Facts, found } from './facts.ts';

/** What the launch will be judged by is written down, with where it starts from. */
export const checkGoals = ({ goals: { registered, withBaseline } }: Facts) => {
  if (registered === 0) return found('not_ready', 'no_goal', { have: 0, need: 1 });
  return withBaseline === 0
    ? found('not_ready', 'no_baseline', { have: 0, need: registered })
    : found('ready', 'goals_registered', { have: withBaseline, need: registered });
};
