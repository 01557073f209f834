import { lazy, Suspense, useState } from 'react';
import { Popover } from '@mantine/core';
import { CalendarDays, Check } from 'lucide-react';
import { Button, Icon } from '../controls.tsx';
import type { Format } from '../format.ts';
import { useFormat, useToday } from '../format-context.tsx';
import type { QuestionWords } from '../messages/questions.ts';
import { calendarNameOf, calendarRange, calendarRanges, daysOf, lastDays } from './ranges.ts';
import type { Range } from './values.ts';
import { useQuestionWords } from './words.ts';

const DateField = lazy(() => import('../date-field.tsx').then((module) => ({ default: module.DateField })));

/** A day one may count from: the market date of a launch. */
export type Since = { name: string; day: string };

type RangePickerProps = { value: Range; onChange: (value: Range) => void; since?: Since[]; label?: string };

const noSince: Since[] = [];

const sameDays = (a: Range, b: Range) => JSON.stringify(a) === JSON.stringify(b);

/** A range in words: "Last 90 days", "This quarter", "Since Smart Handoff", "3 Mar to 31 May". */
export const writeRange = (
  range: Range,
  { words, format, today, since = noSince }: { words: QuestionWords; format: Format; today: string; since?: Since[] },
): string => {
  if (range.kind === 'last') return words.lastDays(format.number(range.days));
  const name = calendarNameOf(range, today);
  if (name) return words.calendar[name];
  const launch = range.to === today ? since.find(({ day }) => day === range.from) : undefined;
  return launch ? words.since(launch.name) : format.range(format.date(range.from), format.date(range.to));
};

/** Which days the question is about, counted in the workspace's time zone. */
export function RangePicker({ value, onChange, since = noSince, label }: RangePickerProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const today = useToday();
  const [open, setOpen] = useState(false);
  const shown = writeRange(value, { words, format, today, since });
  const choose = (range: Range) => {
    onChange(range);
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="pick" aria-label={`${label ?? words.range}: ${shown}`} onClick={() => setOpen(!open)}>
          <Icon of={CalendarDays} size={14} />
          <span>{shown}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label ?? words.range}>
        <div className="range">
          <Presets value={value} since={since.filter(({ day }) => day <= today)} today={today} onChoose={choose} />
          <Custom key={JSON.stringify(value)} value={value} today={today} onChoose={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type PresetsProps = { value: Range; since: Since[]; today: string; onChoose: (range: Range) => void };

function Presets({ value, since, today, onChoose }: PresetsProps) {
  const words = useQuestionWords();
  const format = useFormat();
  const groups: { range: Range; text: string; note?: string }[][] = [
    lastDays.map((days) => ({ range: { kind: 'last', days }, text: words.lastDays(format.number(days)) })),
    calendarRanges.map((which) => ({ range: calendarRange(which, today), text: words.calendar[which] })),
    since
      .slice(0, 6)
      .map(({ name, day }) => ({ range: { kind: 'between', from: day, to: today }, text: words.since(name), note: format.date(day) })),
  ];
  return (
    <div className="range-presets">
      {groups.map((group, index) =>
        group.length === 0 ? null : (
          <ul key={index}>
            {group.map(({ range, text, note }) => {
              const on = sameDays(range, value);
              return (
                <li key={text}>
                  <button type="button" className="range-preset" aria-pressed={on} onClick={() => onChoose(range)}>
                    <span className="range-mark">{on ? <Icon of={Check} size={14} /> : null}</span>
                    {text}
                    {note ? <span className="meta num">{note}</span> : null}
                  </button>
                </li>
              );
            })}
          </ul>
        ),
      )}
    </div>
  );
}

function Custom({ value, today, onChoose }: { value: Range; today: string; onChoose: (range: Range) => void }) {
  const words = useQuestionWords();
  const now = daysOf(value, today);
  const [from, setFrom] = useState<string | null>(now.from);
  const [to, setTo] = useState<string | null>(now.to);
  const wrong = from !== null && to !== null && from > to;
  return (
    <div className="range-custom">
      <Suspense fallback={<div className="range-fields" />}>
        <div className="range-fields">
          <DateField label={words.from} value={from} onChange={setFrom} max={today} nested />
          <DateField label={words.to} value={to} onChange={setTo} max={today} nested error={wrong ? words.wrongOrder : undefined} />
        </div>
      </Suspense>
      <Button disabled={!from || !to || wrong} onClick={() => from && to && onChoose({ kind: 'between', from, to })}>
        {words.apply}
      </Button>
    </div>
  );
}
