import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { z } from 'zod';
import { api, client } from '../../web/kit/client.ts';
import { Button, ButtonLink } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { PlainPage } from '../../web/kit/plain-page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { useKitWords } from '../../web/kit/words.ts';
import { chooseWorkspace } from '../../web/kit/workspace-choice.ts';
import { passwordLength } from '../members/schema.ts';
import { en, zh } from './messages.ts';
import type { openedInvitation } from './schema.ts';

type Opened = z.output<typeof openedInvitation>;

/** Where an invitation's link leads: whoever holds it joins the workspace. */
export function InvitationPage() {
  const words = useMessages({ en, zh });
  const { token = '' } = useParams({ strict: false });
  const opened = useQuery({ ...api.invitations.open.queryOptions({ input: { token } }), retry: false, refetchOnWindowFocus: false });
  const refusal = opened.error ? toFailure(opened.error) : null;
  return (
    <PlainPage title={opened.data ? words.title(opened.data.workspace) : words.plainTitle}>
      {refusal && refusal.code !== 'unavailable' && refusal.message ? (
        <div className="state">
          <p className="lead">{refusal.message}</p>
          <ButtonLink to="/sign-in">{words.toSignIn}</ButtonLink>
        </div>
      ) : (
        <Answer of={opened} what={words.reading}>
          {(invitation) => <Opened token={token} invitation={invitation} />}
        </Answer>
      )}
    </PlainPage>
  );
}

type Props = { token: string; invitation: Opened };

function Opened({ token, invitation }: Props) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role: roleWords } = useKitWords();
  const session = useQuery(api.sessions.get.queryOptions({ input: {} }));
  const { workspace, invitedBy, role, email, expiresAt } = invitation;
  return (
    <div className="stack">
      <p className="prose">{words.lead(invitedBy, workspace, roleWords[role] ?? role)}</p>
      <p className="meta">{words.until(email, format.date(expiresAt, { year: true }))}</p>
      <Answer of={session}>
        {({ member }) => {
          if (member && member.email.toLowerCase() !== email.toLowerCase()) return <SomebodyElse signedIn={member.email} invited={email} />;
          if (!member && invitation.hasAccount) return <SignInFirst token={token} />;
          return <Join token={token} invitation={invitation} isKnown={member !== null} />;
        }}
      </Answer>
    </div>
  );
}

function SomebodyElse({ signedIn, invited }: { signedIn: string; invited: string }) {
  const words = useMessages({ en, zh });
  const leave = useMutation({ mutationFn: () => client.sessions.delete({}), onSuccess: () => location.reload() });
  return (
    <div className="state">
      <Notice tone="warn">{words.other(signedIn, invited)}</Notice>
      <Button onClick={() => leave.mutate()} pending={leave.isPending}>
        {words.signOut}
      </Button>
    </div>
  );
}

function SignInFirst({ token }: { token: string }) {
  const words = useMessages({ en, zh });
  return (
    <div className="state">
      <p>{words.hasAccount}</p>
      <ButtonLink kind="primary" size="big" to="/sign-in" search={{ next: `/invitations/${token}` }}>
        {words.toSignIn}
      </ButtonLink>
    </div>
  );
}

function Join({ token, invitation, isKnown }: Props & { isKnown: boolean }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const { least } = passwordLength;
  const form = useForm({
    initialValues: { name: '', password: '' },
    validateInputOnBlur: true,
    validate: {
      name: (value) => (isKnown || value.trim() ? null : words.needed.name),
      password: (value) => {
        if (isKnown) return null;
        if (value.length < least) return words.needed.password(least, value.length);
        return new Set(value).size < 5 ? words.needed.variety : null;
      },
    },
  });
  const accept = useMutation(
    api.invitations.accept.mutationOptions({
      onSuccess: ({ workspace }) => {
        chooseWorkspace(workspace);
        location.assign('/');
      },
    }),
  );
  const submit = form.onSubmit((values) => accept.mutate({ token, locale, ...(!isKnown && values) }));
  return (
    <form className="form" onSubmit={submit} noValidate>
      {accept.error ? <Notice tone="bad">{toFailure(accept.error).message}</Notice> : null}
      {isKnown ? null : (
        <>
          <input type="hidden" name="username" autoComplete="username" value={invitation.email} />
          <TextInput label={words.name} autoComplete="name" {...form.getInputProps('name')} />
          <PasswordInput
            label={words.password}
            description={words.passwordHelp(least)}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        </>
      )}
      <div className="actions">
        <Button type="submit" kind="primary" size="big" pending={accept.isPending || accept.isSuccess}>
          {words.join(invitation.workspace)}
        </Button>
        {!isKnown && invitation.singleSignOn ? (
          <a className="btn big" href="/auth/oidc">
            {words.singleSignOn}
          </a>
        ) : null}
      </div>
    </form>
  );
}
