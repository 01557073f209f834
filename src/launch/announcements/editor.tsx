import { useState } from 'react';
import { Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { MarkdownText } from '../../web/kit/markdown.tsx';
import { Columns, Section } from '../../web/kit/page.tsx';
import { useUnsaved } from '../../web/kit/unsaved.ts';
import { en, zh } from './messages.ts';
import { type Announcement, type AnnouncementLocale, categories, type Category } from './schema.ts';

export type AnnouncementDraft = {
  title: string;
  category: Category;
  labels: string[];
  body: string;
  locale: AnnouncementLocale;
  audience: string;
  launch: string | null;
};

export const draftOf = (from?: Announcement, more: Partial<AnnouncementDraft> = {}): AnnouncementDraft => ({
  title: from?.title ?? '',
  category: from?.category ?? 'new',
  labels: from?.labels ?? [],
  body: from?.body ?? '',
  locale: from?.locale ?? 'en',
  audience: from?.audience ?? '',
  launch: from?.launch?.id ?? null,
  ...more,
});

type EditorProps = {
  draft: AnnouncementDraft;
  pending: boolean;
  submit: string;
  error?: React.ReactNode;
  actions?: (isChanged: boolean) => React.ReactNode;
  onSave: (draft: AnnouncementDraft) => void;
};

/** The form, and beside it the entry as it will be read. */
export function AnnouncementEditor({ draft, pending, submit, error, actions, onSave }: EditorProps) {
  const words = useMessages({ en, zh });
  // The page is drawn again after each save; what is saved is then what the form began with.
  const [begun] = useState(draft);
  const form = useForm<AnnouncementDraft>({
    initialValues: begun,
    validateInputOnBlur: true,
    validate: { title: (value) => (value.trim() ? null : words.titleNeeded) },
  });
  useUnsaved(form.isDirty() && !pending);
  return (
    <Columns split="halves">
      <form className="form" noValidate onSubmit={form.onSubmit(onSave)}>
        {error}
        <TextInput label={words.name} maxLength={200} data-autofocus {...form.getInputProps('title')} />
        <div className="pair">
          <Select
            label={words.category}
            data={categories.map((value) => ({ value, label: words.categories[value] }))}
            allowDeselect={false}
            {...form.getInputProps('category')}
          />
          <Select
            label={words.language}
            data={(['en', 'zh'] as const).map((value) => ({ value, label: words.languages[value] }))}
            allowDeselect={false}
            {...form.getInputProps('locale')}
          />
        </div>
        <Textarea label={words.body} description={words.bodyHelp} autosize minRows={8} maxRows={24} {...form.getInputProps('body')} />
        <TextInput
          label={`${words.audience} (${words.optional})`}
          description={words.audienceHelp}
          maxLength={300}
          {...form.getInputProps('audience')}
        />
        <TagsInput
          label={`${words.labels} (${words.optional})`}
          description={words.labelsHelp}
          maxTags={10}
          {...form.getInputProps('labels')}
        />
        <LaunchField value={form.values.launch} onChange={(launch) => form.setFieldValue('launch', launch)} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={pending}>
            {submit}
          </Button>
          {actions?.(form.isDirty())}
        </div>
      </form>
      <Preview draft={form.values} />
    </Columns>
  );
}

function LaunchField({ value, onChange }: { value: string | null; onChange: (launch: string | null) => void }) {
  const words = useMessages({ en, zh });
  const launches = useQuery(api.launches.list.queryOptions({ input: {} }));
  return (
    <Select
      label={`${words.launch} (${words.optional})`}
      data={(launches.data?.launches ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={words.noLaunch}
      searchable
      clearable
      value={value}
      onChange={onChange}
    />
  );
}

type PreviewProps = { draft: Pick<AnnouncementDraft, 'title' | 'category' | 'labels' | 'body' | 'locale' | 'audience'> };

/** The entry with its kind and labels, in its own language. */
export function Preview({ draft: { title, category, labels, body, locale, audience } }: PreviewProps) {
  const words = useMessages({ en, zh });
  const own = locale === 'zh' ? zh : en;
  return (
    <Section title={words.preview}>
      <div lang={locale === 'zh' ? 'zh-Hans' : 'en'}>
        <p className="row">
          <Tag tone="land">{own.categories[category]}</Tag>
          {labels.map((label) => (
            <span className="meta" key={label}>
              {label}
            </span>
          ))}
        </p>
        {title ? <h3 className="page-title">{title}</h3> : null}
        {audience ? <p className="ink2">{own.for(audience)}</p> : null}
        {body ? <MarkdownText text={body} /> : <p className="meta">{words.previewEmpty}</p>}
      </div>
    </Section>
  );
}
