import { Link } from '@tanstack/react-router';
import { Answer } from '../../web/kit/states.tsx';
import type { Launch } from '../launches/schema.ts';
import { State } from './state.tsx';
import { asTree } from './table.tsx';
import { useGoals, useGoalWords } from './use-goals.tsx';

const most = 6;

/** The goals of a launch for its overview: what each must reach, and whether it is registered. */
export function GoalsSummary({ launch }: { launch: Launch }) {
  const { words, target } = useGoalWords(launch);
  const answer = useGoals(launch.key);
  return (
    <Answer of={answer} what={words.reading} lines={['60%']}>
      {({ goals }) => (
        <>
          {goals.length === 0 ? <p className="meta">{words.summaryNone}</p> : null}
          <ul className="goals-summary">
            {asTree(goals)
              .slice(0, most)
              .map((goal) => (
                <li key={goal.id} className={`goal-name d${Math.min(goal.depth, 3)}`}>
                  <Link to="/launches/$launch/goals" params={{ launch: launch.key }} search={{ open: goal.id }}>
                    {goal.registered?.text.name ?? goal.name}
                  </Link>
                  <span className="ink2">{target(goal.registered?.text ?? goal)}</span> <State goal={goal} />
                </li>
              ))}
          </ul>
          <p className="meta">
            <Link to="/launches/$launch/goals" params={{ launch: launch.key }}>
              {words.summaryMore}
            </Link>
          </p>
        </>
      )}
    </Answer>
  );
}
