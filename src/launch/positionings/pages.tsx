import { Select } from '@mantine/core';
import { useState } from 'react';
import { useAddress } from '../../web/kit/address.ts';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { LaunchFrame } from '../launches/frame.tsx';
import { Compare } from './compare.tsx';
import { PositioningForm } from './form.tsx';
import { en, zh } from './messages.ts';
import { Said } from './said.tsx';
import type { Positioning, PositioningVersion } from './schema.ts';
import { Testers } from './testers.tsx';
import { usePositioning, usePositioningVerdict } from './use-positioning.tsx';

export function PositioningPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  useKeys({ e: () => mayEdit && setEditing(true) });
  const edit = (
    <Button kind="primary" keys="E" onClick={() => setEditing(true)}>
      {words.edit}
    </Button>
  );
  return (
    <LaunchFrame tab="positioning" actions={() => (mayEdit && !editing ? edit : null)}>
      {({ key }) => <PositioningOf launch={key} editing={editing} onEdit={setEditing} />}
    </LaunchFrame>
  );
}

type OfProps = { launch: string; editing: boolean; onEdit: (editing: boolean) => void };

function PositioningOf({ launch, editing, onEdit }: OfProps) {
  const words = useMessages({ en, zh });
  return (
    <Answer of={usePositioning(launch)} what={words.reading}>
      {(positioning) => (
        <>
          <PositioningHead positioning={positioning} />
          {editing ? (
            <PositioningForm positioning={positioning} onClose={() => onEdit(false)} />
          ) : (
            <Document positioning={positioning} onEdit={() => onEdit(true)} />
          )}
        </>
      )}
    </Answer>
  );
}

function PositioningHead({ positioning: { versions, isWithheld } }: { positioning: Positioning }) {
  const words = useMessages({ en, zh });
  const verdict = usePositioningVerdict(versions[0]);
  if (isWithheld && versions.length === 0) return <PageHead verdict={words.nothing} note={words.withheldNone} />;
  return <PageHead verdict={verdict} note={isWithheld ? words.withheld : words.note} />;
}

function Document({ positioning, onEdit }: { positioning: Positioning; onEdit: () => void }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const format = useFormat();
  const { versions } = positioning;
  const [newest] = versions;
  const write = mayEdit ? <Button onClick={onEdit}>{words.write}</Button> : null;
  if (!newest) return positioning.isWithheld ? null : <EmptyState actions={write}>{words.note}</EmptyState>;
  return (
    <>
      <Columns split="wide-narrow">
        <Section title={words.version(format.number(newest.version))} count={<Tag>{words.stages[newest.stage]}</Tag>}>
          <Said content={newest} />
        </Section>
        <Section title={words.versions} count={format.number(versions.length)}>
          <Versions versions={versions} />
        </Section>
      </Columns>
      {versions.length > 1 ? <Comparison versions={versions} /> : null}
      <Testers positioning={positioning} />
    </>
  );
}

function Versions({ versions }: { versions: PositioningVersion[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (
    <ol className="stack">
      {versions.map(({ version, stage, note, createdBy, createdAt }) => (
        <li key={version}>
          <span className="strong">{words.version(format.number(version))}</span> <Tag>{words.stages[stage]}</Tag>
          <p className="meta">{words.savedBy(createdBy, format.dateTime(createdAt))}</p>
          {note ? <p>{note}</p> : null}
        </li>
      ))}
    </ol>
  );
}

/** Any two versions side by side; which ones is kept in the address. */
function Comparison({ versions }: { versions: PositioningVersion[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [from, setFrom] = useAddress('from');
  const [to, setTo] = useAddress('to');
  const find = (version: string | undefined) => versions.find((each) => String(each.version) === version);
  const after = find(to) ?? versions[0]!;
  const before = find(from) ?? versions.find(({ version }) => version < after.version) ?? versions.at(-1)!;
  const labelOf = ({ version, stage }: PositioningVersion) => `${words.version(format.number(version))}, ${words.stages[stage]}`;
  const choices = versions.map((each) => ({ value: String(each.version), label: labelOf(each) }));
  const pick = (label: string, value: PositioningVersion, onChange: (value: string | undefined) => void) => (
    <Select
      label={label}
      data={choices}
      allowDeselect={false}
      value={String(value.version)}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
  return (
    <Section title={words.compareTitle(format.number(before.version), format.number(after.version))} ruled>
      <div className="row filters">
        {pick(words.from, before, setFrom)}
        {pick(words.to, after, setTo)}
      </div>
      <Compare before={{ label: labelOf(before), content: before }} after={{ label: labelOf(after), content: after }} />
    </Section>
  );
}
