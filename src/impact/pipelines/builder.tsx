import { Checkbox, NumberInput, Select } from '@mantine/core';
import { Segmented } from '../../web/kit/controls.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import { useRateCurrencies } from '../../web/kit/questions/choices.ts';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { dimensions, type PipelineAsked } from './schema.ts';
import { usePipelineWords } from './words.tsx';

const usualRange = { kind: 'last' as const, days: 365 };

/** Which deals, by what, and which touches count. */
export function PipelineBuilder({ question, ask, properties }: Asked<PipelineAsked> & { properties: string[] }) {
  const { words } = usePipelineWords();
  const { range, breakdown, lookbackDays, invitedCounts, convertTo } = question;
  const currencies = useRateCurrencies();
  return (
    <>
      <Control label={words.period}>
        <Segmented
          label={words.period}
          name="period"
          value={range ? 'period' : 'all'}
          choices={[
            { value: 'all', label: words.allDeals },
            { value: 'period', label: words.inPeriod },
          ]}
          onChange={(value) => ask({ range: value === 'all' ? null : usualRange })}
        />
        {range ? <RangePicker value={range} onChange={(chosen) => ask({ range: chosen })} /> : null}
      </Control>
      <Control label={words.breakdown}>
        <Select
          aria-label={words.breakdown}
          w={200}
          allowDeselect={false}
          searchable
          data={[
            { value: '-', label: words.noBreakdown },
            {
              group: words.fields,
              items: dimensions.flatMap((value) => (value === 'property' ? [] : [{ value, label: words.dimensions[value] }])),
            },
            { group: words.properties, items: properties.map((name) => ({ value: `property ${name}`, label: name })) },
          ]}
          value={breakdown ? (breakdown.by === 'property' ? `property ${breakdown.name}` : breakdown.by) : '-'}
          onChange={(value) => {
            const by = dimensions.find((one) => one === value);
            const name = value?.startsWith('property ') ? value.slice('property '.length) : '';
            ask({ breakdown: by ? { by, name: '' } : name ? { by: 'property', name } : null });
          }}
        />
      </Control>
      {currencies.length > 0 || convertTo ? (
        <Control label={words.amountsIn}>
          <Select
            aria-label={words.amountsIn}
            w={160}
            allowDeselect={false}
            data={[{ value: '-', label: words.ownCurrencies }, ...new Set([...currencies, ...(convertTo ? [convertTo] : [])])]}
            value={convertTo ?? '-'}
            onChange={(value) => ask({ convertTo: value === '-' ? null : value })}
          />
        </Control>
      ) : null}
      <Control label={words.lookback}>
        <NumberInput
          aria-label={words.lookback}
          w={80}
          min={1}
          max={1100}
          allowDecimal={false}
          value={lookbackDays}
          onChange={(value) => Number(value) >= 1 && Number(value) <= 1100 && ask({ lookbackDays: Number(value) }, { replace: true })}
        />
      </Control>
      <Control label={words.invited}>
        <Checkbox
          aria-label={words.invited}
          checked={invitedCounts}
          onChange={({ currentTarget }) => ask({ invitedCounts: currentTarget.checked })}
        />
      </Control>
    </>
  );
}
