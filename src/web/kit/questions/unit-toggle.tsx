import { useId } from 'react';
import { Segmented } from '../controls.tsx';
import type { Unit } from './values.ts';
import { useQuestionWords } from './words.ts';

/** Whether people or accounts are counted. */
export function UnitToggle({ value, onChange }: { value: Unit; onChange: (value: Unit) => void }) {
  const words = useQuestionWords();
  const name = useId();
  const choices = [
    { value: 'people' as const, label: words.people },
    { value: 'accounts' as const, label: words.accounts },
  ];
  return <Segmented label={words.unit} name={name} value={value} choices={choices} onChange={onChange} />;
}
