import { useState } from 'react';
import { NumberInput } from '@mantine/core';

type NumberProps = { label: string; description?: string; value: number; min: number; max: number; onChange: (value: number) => void };

/** A whole number. What is half typed (nothing, a minus) stays in the field and is not passed on. */
export function NumberField({ value, onChange, min, max, ...field }: NumberProps) {
  const [typed, setTyped] = useState<number | string>(value);
  return (
    <NumberInput
      {...field}
      value={typed}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next >= min && next <= max) onChange(next);
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
