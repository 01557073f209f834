import { useState } from 'react';
import { Radio, TextInput } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { en as objectsEn, zh as objectsZh } from '../objects/messages.ts';
import { en, zh } from './messages.ts';
import type { ImportColumn, ImportQuestion, ImportTarget } from './schema.ts';

type Props = {
  questions: ImportQuestion[];
  columns: ImportColumn[];
  targets: ImportTarget[];
  onAnswer: (id: string, value: string) => void;
};

/** What the file alone cannot tell. */
export function Questions({ questions, columns, targets, onAnswer }: Props) {
  const words = useMessages({ en, zh });
  if (questions.length === 0) return null;
  return (
    <Section title={words.questions(questions.length)} subtitle={words.questionsNote}>
      <div className="form">
        {questions.map((question) => (
          <Question
            key={question.id}
            question={question}
            columns={columns}
            targets={targets}
            onAnswer={(value) => onAnswer(question.id, value)}
          />
        ))}
      </div>
    </Section>
  );
}

type QuestionProps = { question: ImportQuestion; columns: ImportColumn[]; targets: ImportTarget[]; onAnswer: (value: string) => void };

function Question({ question, columns, targets, onAnswer }: QuestionProps) {
  const words = useMessages({ en, zh });
  const objects = useMessages({ en: objectsEn, zh: objectsZh });
  if (question.kind === 'currency')
    return (
      <Currency
        question={question}
        label={words.askCurrency(objects.kinds[targets[question.target!]?.kind ?? 'revenue'])}
        onAnswer={onAnswer}
      />
    );
  const column = columns[question.column!]?.name ?? '';
  return (
    <Radio.Group
      label={question.kind === 'date_order' ? words.askDate(column) : words.askDecimal(column)}
      description={question.examples.join(' · ')}
      value={question.answer}
      onChange={onAnswer}
    >
      {question.options.map((option) => (
        <Radio key={option} value={option} label={words.options[option] ?? option} />
      ))}
    </Radio.Group>
  );
}

function Currency({ question, label, onAnswer }: { question: ImportQuestion; label: string; onAnswer: (value: string) => void }) {
  const words = useMessages({ en, zh });
  const [text, setText] = useState(question.answer ?? '');
  const give = (value: string) => {
    setText(value);
    if (/^[A-Z]{3}$/.test(value)) onAnswer(value);
  };
  return (
    <div className="row">
      <TextInput
        label={label}
        value={text}
        maxLength={3}
        placeholder={question.suggestion ?? ''}
        onChange={({ currentTarget }) => give(currentTarget.value.toUpperCase())}
      />
      {question.answer === null && question.suggestion ? (
        <Button onClick={() => give(question.suggestion!)}>{words.use(question.suggestion)}</Button>
      ) : null}
    </div>
  );
}
