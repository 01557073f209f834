import { Link } from '@tanstack/react-router';
import type { Question } from './schema.ts';

/** The name of a kept question, and the way to the page where it is asked again. */
export function QuestionLink({ question: { id, kind, name, asked } }: { question: Question }) {
  return (
    <Link to={kind === 'pipelines' ? '/pipeline' : `/${kind}`} search={{ q: JSON.stringify(asked), kept: id }}>
      {name}
    </Link>
  );
}
