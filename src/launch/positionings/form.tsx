import { Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { useUnsaved } from '../../web/kit/unsaved.ts';
import { Compare } from './compare.tsx';
import { type EvidenceDraft, evidenceDrafts, EvidenceFields, evidenceOf } from './evidence-fields.tsx';
import { en, zh } from './messages.ts';
import { saidFields } from './said.tsx';
import { type Positioning, type PositioningContent, type PositioningStage, positioningStages } from './schema.ts';
import { usePositioningRefresh } from './use-positioning.tsx';

const noContent: PositioningContent = { forWhom: '', insteadOf: '', differentiator: '', soWhat: '', category: '', evidence: [] };

type FormProps = { positioning: Positioning; onClose: () => void };
type Draft = Omit<PositioningContent, 'evidence'> & { evidence: EvidenceDraft[] };

const contentOf = ({ evidence, ...said }: Draft): PositioningContent => ({ ...said, evidence: evidenceOf(evidence) });

const useSave = (launch: string, onClose: () => void) => {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const refresh = usePositioningRefresh();
  return useMutation({
    mutationFn: (fields: PositioningContent & { basedOn: number; stage: PositioningStage; note: string }) =>
      client.positionings.save({ launch, ...fields }),
    onSuccess: async ({ versions }) => {
      await refresh();
      toast({ text: words.saved(format.number(versions[0]?.version)) });
      onClose();
    },
    // Whoever saved meanwhile is shown beside the text that is still in the form.
    onError: () => void refresh(),
  });
};

const draftOf = (newest: PositioningContent): Draft => {
  const { forWhom, insteadOf, differentiator, soWhat, category, evidence } = newest;
  return { forWhom, insteadOf, differentiator, soWhat, category, evidence: evidenceDrafts(evidence) };
};

/** Writes the next version. What somebody else saved meanwhile is shown, and the text in the form stays. */
export function PositioningForm({ positioning, onClose }: FormProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const newest = positioning.versions[0];
  const [basedOn, setBasedOn] = useState(newest?.version ?? 0);
  const [begun] = useState<Draft>(() => draftOf(newest ?? noContent));
  const [draft, setDraft] = useState(begun);
  const [stage, setStage] = useState<PositioningStage>(positioning.stage);
  const [note, setNote] = useState('');
  const [isUnfinished, setUnfinished] = useState(false);
  const save = useSave(positioning.launch.key, onClose);
  useUnsaved(draft !== begun && !save.isPending);
  const isOld = newest !== undefined && newest.version > basedOn;
  const submit = () => {
    const content = contentOf(draft);
    const unfinished = content.evidence.some(({ what, source, day }) => !what.trim() || !source.trim() || !day);
    setUnfinished(unfinished);
    if (!unfinished) save.mutate({ ...content, basedOn, stage, note });
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isUnfinished ? <Notice tone="bad">{words.dayNeeded}</Notice> : null}
      {save.error ? <Notice tone={isOld ? 'warn' : 'bad'}>{toFailure(save.error).message}</Notice> : null}
      {isOld ? <Newer newest={newest} draft={draft} onTake={() => setBasedOn(newest.version)} /> : null}
      <DraftFields draft={draft} onChange={setDraft} />
      <div className="pair">
        <StageField value={stage} onChange={setStage} />
        <TextInput
          label={`${words.changeNote} (${words.optional})`}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div className="actions">
        <Button type="submit" kind="primary" pending={save.isPending}>
          {words.save(format.number(Math.max(basedOn, newest?.version ?? 0) + 1))}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function DraftFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const words = useMessages({ en, zh });
  return (
    <>
      {saidFields.map((field, place) => (
        <Textarea
          key={field}
          label={words.fields[field]}
          description={words.help[field]}
          autosize
          minRows={field === 'category' ? 1 : 2}
          data-autofocus={place === 0 || undefined}
          value={draft[field]}
          onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
        />
      ))}
      <EvidenceFields
        label={words.evidence}
        help={words.evidenceHelp}
        value={draft.evidence}
        onChange={(evidence) => onChange({ ...draft, evidence })}
      />
    </>
  );
}

function StageField({ value, onChange }: { value: PositioningStage; onChange: (stage: PositioningStage) => void }) {
  const words = useMessages({ en, zh });
  return (
    <Select
      label={words.stage}
      data={positioningStages.map((each) => ({ value: each, label: words.stages[each] }))}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

type NewerProps = { newest: Positioning['versions'][number]; draft: Draft; onTake: () => void };

/** What somebody saved meanwhile, beside what stands in the form. */
function Newer({ newest, draft, onTake }: NewerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const version = format.number(newest.version);
  const after = { label: words.yours, content: { ...draft, evidence: draft.evidence.map((each) => ({ ...each, day: each.day ?? '' })) } };
  return (
    <Section title={words.newer(version)} subtitle={words.savedBy(newest.createdBy, format.dateTime(newest.createdAt))} ruled>
      <p>{words.meanwhile}</p>
      <Compare before={{ label: words.version(version), content: newest }} after={after} />
      <p>
        <Button onClick={onTake}>{words.takeNewest(version)}</Button>
      </p>
    </Section>
  );
}
