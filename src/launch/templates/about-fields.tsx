import { Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import type { Draft } from './draft.ts';
import { en, zh } from './messages.ts';
import { purposes } from './schema.ts';

type AboutProps = { draft: Draft; onChange: (fields: Partial<Draft>) => void };

/** What a template is for, and for whom. */
export function AboutFields({ draft, onChange }: AboutProps) {
  const words = useMessages({ en, zh });
  return (
    <Columns split="halves" ruled>
      <Section title={words.edit.about}>
        <div className="form">
          <TextInput
            label={words.name}
            value={draft.name}
            maxLength={120}
            error={draft.name.trim() ? null : words.nameNeeded}
            onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
          <div className="pair">
            <Select
              label={words.purpose}
              data={purposes.map((value) => ({ value, label: words.purposes[value] }))}
              value={draft.purpose}
              onChange={(value) => onChange({ purpose: value as Draft['purpose'] })}
              allowDeselect={false}
            />
            <Select
              label={words.tier}
              data={[{ value: '', label: words.anyTier }, ...[1, 2, 3].map((tier) => ({ value: String(tier), label: words.tierOf(tier) }))]}
              value={draft.tier === null ? '' : String(draft.tier)}
              onChange={(value) => onChange({ tier: value ? Number(value) : null })}
              allowDeselect={false}
            />
          </div>
          <TagsInput
            label={words.channels}
            description={words.edit.tagsHelp}
            value={draft.channels}
            onChange={(channels) => onChange({ channels })}
          />
        </div>
      </Section>
      <Audience draft={draft} onChange={onChange} />
    </Columns>
  );
}

function Audience({ draft, onChange }: AboutProps) {
  const words = useMessages({ en, zh });
  const choices = useQuery(api.launches.choices.queryOptions({ input: {} }));
  return (
    <Section title={words.madeFor}>
      <div className="form">
        <TagsInput
          label={words.segments}
          description={words.edit.tagsHelp}
          data={(choices.data?.segments ?? []).map(({ value }) => value)}
          value={draft.segments}
          onChange={(segments) => onChange({ segments })}
        />
        <TagsInput
          label={words.personas}
          description={words.edit.tagsHelp}
          value={draft.personas}
          onChange={(personas) => onChange({ personas })}
        />
        <Textarea
          label={words.audienceNote}
          description={words.audienceNoteHelp}
          value={draft.note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => onChange({ note: currentTarget.value })}
        />
      </div>
    </Section>
  );
}
