import { useState } from 'react';
import { Select } from '@mantine/core';
import { X } from 'lucide-react';
import { Button } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import type { LiftAddress } from '../builder/schema.ts';
import { en, zh } from './messages.ts';

type Synthetic = Extract<LiftAddress['design'], { kind: 'synthetic' }>;

type PredictorsProps = {
  value: Synthetic['predictors'];
  metrics: string[];
  on: string;
  onChange: (value: Synthetic['predictors']) => void;
};

/** What the mixture is to share with the subject before the change: a metric and the days of which its mean is taken. */
export function Predictors({ value, metrics, on, onChange }: PredictorsProps) {
  const words = useMessages({ en, zh });
  const [added, setAdded] = useState(0);
  const change = (index: number, set: Partial<(typeof value)[number]>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...set } : one)));
  const add = (metric: string) => {
    const year = on ? Number(on.slice(0, 4)) - 1 : new Date().getFullYear() - 1;
    setAdded(added + 1);
    onChange([...value, { metric, from: `${year}-01-01`, to: `${year}-12-31` }]);
  };
  return (
    <div className="stack">
      {value.map(({ metric, from, to }, index) => (
        <div className="row" key={`${index} ${metric}`}>
          <span className="nowrap">{metric}</span>
          <DateField bare label={words.predictorFrom} value={from} onChange={(day) => day && change(index, { from: day })} />
          <DateField bare label={words.predictorTo} value={to} onChange={(day) => day && change(index, { to: day })} />
          <Button
            kind="quiet"
            size="small"
            icon={X}
            aria-label={words.removePredictor(metric)}
            onClick={() => onChange(value.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Select
        key={added}
        aria-label={words.addPredictor}
        placeholder={words.addPredictor}
        searchable
        w={180}
        disabled={on === '' || value.length >= 10}
        data={metrics}
        value={null}
        onChange={(metric) => metric && add(metric)}
      />
    </div>
  );
}
