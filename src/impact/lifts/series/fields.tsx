import { MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../web/kit/client.ts';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import type { LiftAddress } from '../builder/schema.ts';
import { en, zh } from './messages.ts';
import { Predictors } from './predictors.tsx';

type Design = Extract<LiftAddress['design'], { kind: 'synthetic' | 'structural' }>;
type Props = {
  design: Design;
  /** The metric whose subjects there are; null where they are values of a property, `named`. */ metric: string | null;
  named: string[];
  set: (change: Partial<Design>) => void;
};

export const useMetrics = () => useQuery(api.measurements.list.queryOptions({ input: {} })).data?.metrics;

/** Which metric, of all that were imported. */
export function MetricField({ label, value, onChange }: { label: string; value: string; onChange: (metric: string) => void }) {
  const words = useMessages({ en, zh });
  const metrics = (useMetrics() ?? []).map(({ metric }) => metric);
  return (
    <Control label={label}>
      <Select
        aria-label={label}
        placeholder={words.chooseMetric}
        searchable
        w={180}
        data={metrics}
        value={value || null}
        onChange={(chosen) => chosen && onChange(chosen)}
      />
    </Control>
  );
}

/** One series changed: which one, from when, and with which others it is compared. */
export function SeriesFields({ design, metric, named, set }: Props) {
  const words = useMessages({ en, zh });
  const metrics = (useMetrics() ?? []).map((one) => one.metric);
  const ofMetric = useSubjects(metric ?? '');
  const subjects = metric === null ? named : ofMetric;
  const { subject, on, donors } = design;
  return (
    <>
      <Control label={words.subject}>
        <Select
          aria-label={words.subject}
          placeholder={words.chooseSubject}
          searchable
          w={180}
          disabled={subjects.length === 0}
          data={subjects}
          value={subject || null}
          onChange={(chosen) => chosen && set({ subject: chosen, donors: donors.filter((name) => name !== chosen) })}
        />
      </Control>
      <Control label={words.on}>
        <DateField bare label={words.on} value={on || null} onChange={(day) => set({ on: day ?? '' })} />
      </Control>
      <Control label={words.donors} wide>
        <MultiSelect
          aria-label={words.donors}
          placeholder={donors.length > 0 ? undefined : design.kind === 'synthetic' ? words.allDonors : words.namedDonors}
          searchable
          hidePickedOptions
          disabled={subjects.length === 0}
          miw={260}
          data={subjects.filter((name) => name !== subject)}
          value={donors}
          onChange={(chosen) => set({ donors: chosen })}
        />
      </Control>
      {design.kind === 'synthetic' && metric !== null ? (
        <Control label={words.predictors} wide>
          <Predictors value={design.predictors} metrics={metrics} on={on} onChange={(predictors) => set({ predictors })} />
        </Control>
      ) : null}
      {design.kind === 'structural' ? (
        <Control label={words.season}>
          <NumberInput
            aria-label={words.season}
            w={80}
            min={1}
            max={53}
            allowDecimal={false}
            value={design.season}
            onChange={(periods) => Number(periods) >= 1 && Number(periods) <= 53 && set({ season: Number(periods) })}
          />
        </Control>
      ) : null}
    </>
  );
}

/** Whose figures a metric has; none while it is not chosen. */
export function useSubjects(metric: string): string[] {
  const { data } = useQuery({ ...api.measurements.subjects.queryOptions({ input: { metric, limit: 500 } }), enabled: metric !== '' });
  return (data?.subjects ?? [])
    .map(({ subject }) => subject)
    .filter(Boolean)
    .toSorted();
}
