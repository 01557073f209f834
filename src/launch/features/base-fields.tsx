import { Input, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { PropertyFilters } from '../../web/kit/questions/property-filters.tsx';
import { ValuesField } from '../../web/kit/questions/values-field.tsx';
import { en, zh } from './messages.ts';
import type { DraftForm } from './draft.tsx';

const personFields = ['title', 'country'].map((name) => ({ name }));

/** Those of the values that accounts have which hold what is typed. */
const holding =
  (choices: { value: string }[] = []) =>
  (text: string): Promise<string[]> =>
    Promise.resolve(choices.map(({ value }) => value).filter((value) => value.toLowerCase().includes(text.toLowerCase())));

/** Who could adopt: nothing here leaves nobody out. */
export function BaseFields({ form }: { form: DraftForm }) {
  const words = useMessages({ en, zh });
  const { data } = useQuery(api.launches.choices.queryOptions({ input: {} }));
  const label = (text: string) => `${text} (${words.optional})`;
  return (
    <Section title={words.base} subtitle={words.baseHelp}>
      <ValuesField
        label={label(words.plans)}
        description={words.allOfThem}
        values={form.values.plans}
        onChange={(plans) => form.setFieldValue('plans', plans)}
        suggest={holding(data?.plans)}
      />
      <ValuesField
        label={label(words.segments)}
        description={words.allOfThem}
        values={form.values.segments}
        onChange={(segments) => form.setFieldValue('segments', segments)}
        suggest={holding(data?.segments)}
      />
      <DateField
        label={label(words.signedUpBefore)}
        description={words.signedUpHelp}
        clearable
        value={form.values.signedUpBefore}
        onChange={(day) => form.setFieldValue('signedUpBefore', day)}
      />
      <TextInput label={label(words.accessProperty)} description={words.accessHelp} {...form.getInputProps('accessProperty')} />
      <Input.Wrapper label={label(words.people)} labelElement="div">
        <PropertyFilters
          label={words.people}
          value={form.values.people}
          onChange={(people) => form.setFieldValue('people', people)}
          properties={personFields}
        />
      </Input.Wrapper>
    </Section>
  );
}
