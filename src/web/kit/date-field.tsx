import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/zh-cn';
import './styles/dates.css';
import type { ReactNode } from 'react';
import { DateInput } from '@mantine/dates';
import { CalendarDays } from 'lucide-react';
import { Icon } from './controls.tsx';
import { useLocale } from './locale.tsx';
import { useKitWords } from './words.ts';

type DateFieldProps = {
  label: string;
  /** The name is only said to assistive technology: it stands beside the field already. */
  bare?: boolean;
  description?: ReactNode;
  /** A day as `YYYY-MM-DD`. */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur?: () => void;
  error?: ReactNode;
  required?: boolean;
  clearable?: boolean;
  min?: string;
  max?: string;
  /** Inside a popover the calendar stays inside it too, so that picking a day does not close it. */
  nested?: boolean;
};

/** A day, typed or picked; weeks start on Monday. */
export function DateField({ label, bare, min, max, nested, ...rest }: DateFieldProps) {
  const words = useKitWords();
  const { locale } = useLocale();
  return (
    <DateInput
      {...(bare ? { 'aria-label': label, w: 150 } : { label })}
      {...rest}
      locale={locale === 'zh' ? 'zh-cn' : 'en'}
      valueFormat={locale === 'zh' ? 'YYYY年M月D日' : 'D MMM YYYY'}
      firstDayOfWeek={1}
      minDate={min}
      maxDate={max}
      rightSection={<Icon of={CalendarDays} size={14} />}
      rightSectionPointerEvents={rest.clearable && rest.value ? 'all' : 'none'}
      popoverProps={nested ? { withinPortal: false } : undefined}
      clearButtonProps={{ 'aria-label': words.clear }}
      ariaLabels={words.calendar}
    />
  );
}
