import { Input, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { DateField } from '../../web/kit/date-field.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { PropertyFilters } from '../../web/kit/questions/property-filters.tsx';
import { en, zh } from './messages.ts';
import type { DraftForm } from './draft.tsx';

const personFields = ['title', 'country'].map((name) => ({ name }));

/** Who could adopt: nothing here leaves nobody out. */
export function BaseFields({ form }: { form: DraftForm }) {
  const words = useMessages({ en, zh });
  const { data } = useQuery(api.launches.choices.queryOptions({ input: {} }));
  const label = (text: string) => `${text} (${words.optional})`;
  return (
    <Section title={words.base} subtitle={words.baseHelp}>
      <TagsInput
        label={label(words.plans)}
        description={words.allOfThem}
        data={data?.plans.map(({ value }) => value) ?? []}
        {...form.getInputProps('plans')}
      />
      <TagsInput
        label={label(words.segments)}
        description={words.allOfThem}
        data={data?.segments.map(({ value }) => value) ?? []}
        {...form.getInputProps('segments')}
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
