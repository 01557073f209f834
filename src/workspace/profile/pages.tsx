import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Columns, Page, PageHead, Section } from '../../web/kit/page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { passwordLength } from '../members/schema.ts';
import { en, zh } from './messages.ts';
import type { Profile } from './schema.ts';

export function ProfilePage() {
  const words = useMessages({ en, zh });
  const profile = useQuery(api.profile.get.queryOptions({ input: {} }));
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]}>
      <Answer of={profile} what={words.reading}>
        {(data) => (
          <>
            <PageHead verdict={words.signsIn(data.email, data.hasPassword, data.singleSignOn)} />
            <Columns split="halves" ruled>
              <Section title={words.about}>
                <AboutForm profile={data} />
              </Section>
              <Section title={words.passwordTitle} subtitle={words.passwordNote}>
                {data.hasPassword ? <PasswordForm email={data.email} /> : <p className="ink2">{words.noPassword}</p>}
              </Section>
            </Columns>
          </>
        )}
      </Answer>
    </Page>
  );
}

function AboutForm({ profile }: { profile: Profile }) {
  const words = useMessages({ en, zh });
  const { locale, setLocale } = useLocale();
  const queries = useQueryClient();
  const form = useForm<{ name: string; locale: 'en' | 'zh' }>({
    initialValues: { name: profile.name, locale },
    validate: { name: (value) => (value.trim() ? null : words.nameNeeded) },
  });
  const update = useMutation(
    api.profile.update.mutationOptions({
      onSuccess: async (_saved, given) => {
        if (given.locale) setLocale(given.locale);
        toast({ text: (given.locale === 'zh' ? zh : en).saved });
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.profile.key() }),
          queries.invalidateQueries({ queryKey: api.sessions.key() }),
        ]);
      },
    }),
  );
  const languages = (['en', 'zh'] as const).map((value) => ({ value, label: words.languages[value] }));
  return (
    <form className="form" onSubmit={form.onSubmit((values) => update.mutate(values))} noValidate>
      {update.error ? <Notice tone="bad">{toFailure(update.error).message}</Notice> : null}
      <TextInput label={words.name} description={words.nameHelp} autoComplete="name" {...form.getInputProps('name')} />
      <Select label={words.language} data={languages} allowDeselect={false} {...form.getInputProps('locale')} />
      <div className="actions">
        <Button type="submit" kind="primary" pending={update.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function PasswordForm({ email }: { email: string }) {
  const words = useMessages({ en, zh });
  const { least } = passwordLength;
  const form = useForm({
    initialValues: { current: '', password: '' },
    validateInputOnBlur: true,
    validate: {
      current: (value) => (value ? null : words.needed.current),
      password: (value) => {
        if (value.length < least) return words.needed.password(least, value.length);
        return new Set(value).size < 5 ? words.needed.variety : null;
      },
    },
  });
  const change = useMutation(
    api.profile.changePassword.mutationOptions({
      onSuccess: () => {
        form.reset();
        toast({ text: words.changed });
      },
    }),
  );
  return (
    <form className="form" onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      {change.error ? <Notice tone="bad">{toFailure(change.error).message}</Notice> : null}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordInput label={words.current} autoComplete="current-password" {...form.getInputProps('current')} />
      <PasswordInput
        label={words.next}
        description={words.nextHelp(least)}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <div className="actions">
        <Button type="submit" pending={change.isPending}>
          {words.change}
        </Button>
      </div>
    </form>
  );
}
