import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MarkdownText } from '../../web/kit/markdown.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer } from '../../web/kit/states.tsx';
import type { Launch } from '../launches/schema.ts';
import { RetrospectiveForm } from './form.tsx';
import { en, zh } from './messages.ts';
import type { Retrospective } from './schema.ts';

/** What was learnt from a launch, below its run sheet. */
export function RetrospectiveSection({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  const answer = useQuery(api.retrospectives.get.queryOptions({ input: { launch: launch.key } }));
  const { writtenAt, writtenBy = '' } = answer.data ?? {};
  const isEarly = launch.marketDate > today;
  return (
    <Section
      title={words.title}
      subtitle={writtenAt ? words.by(writtenBy, format.dateTime(writtenAt)) : undefined}
      ruled
      actions={
        mayEdit && !editing && !isEarly ? <Button onClick={() => setEditing(true)}>{writtenAt ? words.edit : words.write}</Button> : null
      }
    >
      <Answer of={answer} what={words.reading}>
        {(found) =>
          editing ? (
            <RetrospectiveForm launch={launch} found={found} onClose={() => setEditing(false)} />
          ) : found.version === 0 ? (
            <p className="meta">{isEarly ? words.early : words.empty}</p>
          ) : (
            <RetrospectiveText found={found} />
          )
        }
      </Answer>
    </Section>
  );
}

function RetrospectiveText({ found }: { found: Retrospective }) {
  const words = useMessages({ en, zh });
  return (
    <>
      <Columns split="thirds">
        {(['wentWell', 'wentBadly', 'learned'] as const).map((part) => (
          <div key={part}>
            <h3 className="strong">{words[part]}</h3>
            <MarkdownText text={found[part] || words.nothing} />
          </div>
        ))}
      </Columns>
      {found.templateChanges.length > 0 ? (
        <>
          <h3 className="strong">{words.changes}</h3>
          <ul className="plain-list">
            {found.templateChanges.map(({ item, what }) => (
              <li key={`${item} ${what}`}>{item ? `${item}: ${what}` : what}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
