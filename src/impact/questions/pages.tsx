import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { ButtonLink, TextButton } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { PutOnDialog } from '../dashboards/put-on.tsx';
import { ShareDialog } from '../shared-answers/share-dialog.tsx';
import { QuestionLink } from './link.tsx';
import { en, zh } from './messages.ts';
import type { Question } from './schema.ts';

export function Questions() {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.questions.list.queryOptions({ input: {} }));
  return (
    <Page title={words.title}>
      <Answer of={answer} what={words.reading}>
        {({ questions }) => (
          <>
            <PageHead verdict={words.head(questions.length)} note={words.note} />
            <QuestionTable questions={questions} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function QuestionTable({ questions }: { questions: Question[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const remove = useDelete();
  const [put, setPut] = useState<Question | null>(null);
  const [shared, setShared] = useState<Question | null>(null);
  return (
    <>
      {put ? <PutOnDialog question={put} onClose={() => setPut(null)} /> : null}
      {shared ? <ShareDialog question={shared} onClose={() => setShared(null)} /> : null}
      <Table
        label={words.title}
        rows={questions}
        rowKey={({ id }) => id}
        empty={<EmptyState actions={<ButtonLink to="/trends">{words.ask}</ButtonLink>}>{words.empty}</EmptyState>}
        {...useAddressSort()}
        columns={[
          {
            key: 'name',
            head: words.name,
            cell: (question) => <QuestionLink question={question} />,
            sort: ({ name }) => name,
          },
          { key: 'kind', head: words.kind, cell: ({ kind }) => words.kinds[kind], sort: ({ kind }) => words.kinds[kind] },
          { key: 'note', head: words.why, cell: ({ note }) => note || '–' },
          { key: 'by', head: words.by, cell: ({ createdBy }) => createdBy, sort: ({ createdBy }) => createdBy },
          { key: 'changed', head: words.changed, cell: ({ updatedAt }) => format.date(updatedAt), sort: ({ updatedAt }) => updatedAt },
          ...(mayEdit
            ? [
                {
                  key: 'actions',
                  head: words.actions,
                  silent: true,
                  cell: (question: Question) => (
                    <span className="row">
                      <TextButton onClick={() => setPut(question)}>{words.putOn}</TextButton>
                      <TextButton onClick={() => setShared(question)}>{words.share}</TextButton>
                      <TextButton onClick={() => remove(question)}>{words.delete}</TextButton>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

/** Deletes at once, and offers to take it back. */
function useDelete() {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: api.questions.key() });
  const restore = useMutation(api.questions.restore.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  const remove = useMutation(api.questions.delete.mutationOptions({ onSuccess: changed, onError: toastFailure }));
  return (question: Question) =>
    remove.mutate(
      { question: question.id },
      { onSuccess: () => toast({ text: words.deleted(question.name), undo: () => restore.mutate({ question: question.id }) }) },
    );
}
