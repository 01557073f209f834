import '../../web/kit/styles/positioning.css';
import { Textarea, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Age } from '../../web/kit/marks.tsx';
import { en, zh } from './messages.ts';
import { type Evidence, evidenceShelfLifeDays } from './schema.ts';

/** A piece of evidence as a form holds it. */
export type EvidenceDraft = { what: string; source: string; url: string; day: string | null };

export const evidenceDrafts = (given: Evidence[]): EvidenceDraft[] => given.map((each) => ({ ...each, url: each.url ?? '' }));

/** What can be sent of them; a line in which nothing was written is left out. */
export const evidenceOf = (drafts: EvidenceDraft[]): Evidence[] =>
  drafts
    .filter(({ what, source, url }) => what.trim() || source.trim() || url.trim())
    .map(({ what, source, url, day }) => ({ what, source, url: url.trim() || null, day: day ?? '' }));

type FieldsProps = { label: string; help?: string; value: EvidenceDraft[]; onChange: (value: EvidenceDraft[]) => void };

/** What something rests on: what was found, where, and on which day. */
export function EvidenceFields({ label, help, value, onChange }: FieldsProps) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const set = (place: number, change: Partial<EvidenceDraft>) =>
    onChange(value.map((each, index) => (index === place ? { ...each, ...change } : each)));
  return (
    <fieldset className="stack">
      <legend className="strong">{label}</legend>
      {help ? <p className="meta">{help}</p> : null}
      {value.map((each, place) => (
        <div className="form" key={place}>
          <Textarea
            label={words.evidenceWhat(place + 1)}
            autosize
            minRows={1}
            value={each.what}
            onChange={(event) => set(place, { what: event.currentTarget.value })}
          />
          <div className="pair">
            <TextInput
              label={words.evidenceSource}
              value={each.source}
              onChange={(event) => set(place, { source: event.currentTarget.value })}
            />
            <DateField label={words.evidenceDay} value={each.day} max={today} onChange={(day) => set(place, { day })} />
          </div>
          <TextInput
            label={`${words.evidenceUrl} (${words.optional})`}
            type="url"
            value={each.url}
            onChange={(event) => set(place, { url: event.currentTarget.value })}
          />
          <p>
            <Button size="small" icon={X} onClick={() => onChange(value.filter((_, index) => index !== place))}>
              {words.removeEvidence(place + 1)}
            </Button>
          </p>
        </div>
      ))}
      <p>
        <Button size="small" icon={Plus} onClick={() => onChange([...value, { what: '', source: '', url: '', day: today }])}>
          {words.addEvidence}
        </Button>
      </p>
    </fieldset>
  );
}

/** Evidence as it stands on a page: what, from where, how old. */
export function EvidenceList({ evidence, none }: { evidence: Evidence[]; none: string }) {
  const format = useFormat();
  if (evidence.length === 0) return <p className="meta warn">{none}</p>;
  return (
    <ul className="stack evidence">
      {evidence.map(({ what, source, url, day }, place) => (
        <li key={place}>
          {what}{' '}
          <span className="meta">
            {url ? (
              <a href={url} target="_blank" rel="noreferrer noopener">
                {source}
              </a>
            ) : (
              source
            )}
            {format.locale === 'zh' ? '，' : ', '}
            {format.date(day)} <Age checkedAt={day} shelfLifeDays={evidenceShelfLifeDays} />
          </span>
        </li>
      ))}
    </ul>
  );
}
