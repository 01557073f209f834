import './welcome.css';
import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { CurrencyField, guessPlace, TimeZoneField } from '../../web/kit/place-fields.tsx';
import { PlainPage } from '../../web/kit/plain-page.tsx';
import { Redirect } from '../../web/kit/redirect.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { chooseWorkspace } from '../../web/kit/workspace-choice.ts';
import { passwordLength } from '../members/schema.ts';
import { Drawing } from './drawing.tsx';
import { en, zh } from './messages.ts';

/** The first page of a new Landfall: whoever comes first becomes its owner. */
export function Welcome() {
  const words = useMessages({ en, zh });
  const welcome = useQuery(api.welcome.get.queryOptions({ input: {} }));
  if (welcome.data?.hasOwner) return <Redirect path="/sign-in" />;
  return (
    <PlainPage title={words.title} wide>
      <div className="welcome">
        <div className="welcome-say">
          <p className="lead">{words.lead}</p>
          <Drawing />
          <ul>
            {words.points.map(([point, text]) => (
              <li key={point}>
                <b>{point}</b> {text}
              </li>
            ))}
          </ul>
        </div>
        <div className="welcome-form">
          <Answer of={welcome} what={words.reading}>
            {({ hasExample }) => <FirstOwner hasExample={hasExample} />}
          </Answer>
        </div>
      </div>
    </PlainPage>
  );
}

type Values = { name: string; email: string; password: string; workspace: string; timeZone: string; currency: string };

function useFirstForm() {
  const { needed } = useMessages({ en, zh });
  return useForm<Values>({
    initialValues: { name: '', email: '', password: '', workspace: '', ...guessPlace() },
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : needed.name),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : needed.email),
      password: (value) => {
        if (value.length < passwordLength.least) return needed.password(passwordLength.least, value.length);
        return new Set(value).size < 5 ? needed.variety : null;
      },
      workspace: (value) => (value.trim() ? null : needed.workspace),
    },
  });
}

function FirstOwner({ hasExample }: { hasExample: boolean }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const form = useFirstForm();
  const create = useMutation(
    api.welcome.create.mutationOptions({
      onSuccess: ({ workspace }) => {
        chooseWorkspace(workspace);
        location.assign('/');
      },
    }),
  );
  const submit = form.onSubmit(({ name, email, password, workspace, timeZone, currency }) =>
    create.mutate({ name, email, password, locale, workspace: { name: workspace, timeZone, currency } }),
  );
  const field = form.getInputProps;
  return (
    <form className="form" onSubmit={submit} noValidate>
      {create.error ? <Notice tone="bad">{toFailure(create.error).message}</Notice> : null}
      <h2 className="ct">{words.you}</h2>
      <TextInput label={words.name} autoComplete="name" {...field('name')} />
      <TextInput label={words.email} description={words.emailHelp} type="email" autoComplete="username" {...field('email')} />
      <PasswordInput
        label={words.password}
        description={words.passwordHelp(passwordLength.least)}
        autoComplete="new-password"
        {...field('password')}
      />
      <h2 className="ct">{words.team}</h2>
      <TextInput label={words.workspace} description={words.workspaceHelp} autoComplete="organization" {...field('workspace')} />
      <div className="pair">
        <TimeZoneField
          label={words.timeZone}
          description={words.timeZoneHelp}
          value={form.values.timeZone}
          onChange={(value) => form.setFieldValue('timeZone', value)}
        />
        <CurrencyField
          label={words.currency}
          description={words.currencyHelp}
          value={form.values.currency}
          onChange={(value) => form.setFieldValue('currency', value)}
        />
      </div>
      <div className="actions">
        <Button type="submit" kind="primary" size="big" pending={create.isPending || create.isSuccess}>
          {words.create}
        </Button>
      </div>
      {hasExample ? <p className="meta">{words.hasExample}</p> : null}
    </form>
  );
}
