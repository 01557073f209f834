import { useMemo, type ReactNode } from 'react';
import { Select } from '@mantine/core';
import { useLocale } from './locale.tsx';

type Field = {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  disabled?: boolean;
};

/** A time zone of the IANA list. */
export function TimeZoneField({ value, onChange, ...rest }: Field) {
  const zones = useMemo(() => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), value])], [value]);
  return (
    <Select {...rest} data={zones} value={value} onChange={(next) => next && onChange(next)} searchable limit={200} allowDeselect={false} />
  );
}

const common = ['USD', 'EUR', 'GBP', 'CNY', 'JPY', 'CHF', 'CAD', 'AUD', 'INR', 'BRL', 'SEK', 'SGD'];

/** A currency by its ISO 4217 code, the usual ones first, with its name in the reader's language. */
export function CurrencyField({ value, onChange, ...rest }: Field) {
  const { locale } = useLocale();
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(locale === 'zh' ? 'zh-CN' : 'en', { type: 'currency' });
    const codes = new Set([...common, ...Intl.supportedValuesOf('currency'), value]);
    return [...codes].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
  }, [locale, value]);
  return (
    <Select
      {...rest}
      data={currencies}
      value={value}
      onChange={(next) => next && onChange(next)}
      searchable
      limit={200}
      allowDeselect={false}
    />
  );
}

const byZone: [start: string, currency: string][] = [
  ['Europe/London', 'GBP'],
  ['Europe/Zurich', 'CHF'],
  ['Europe/Stockholm', 'SEK'],
  ['Europe/', 'EUR'],
  ['Asia/Shanghai', 'CNY'],
  ['Asia/Tokyo', 'JPY'],
  ['Asia/Singapore', 'SGD'],
  ['Asia/Calcutta', 'INR'],
  ['Asia/Kolkata', 'INR'],
  ['America/Sao_Paulo', 'BRL'],
  ['America/Toronto', 'CAD'],
  ['Australia/', 'AUD'],
];

/** What the browser knows of where it is; the reader corrects it. */
export function guessPlace(): { timeZone: string; currency: string } {
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return { timeZone, currency: byZone.find(([start]) => timeZone.startsWith(start))?.[1] ?? 'USD' };
}
