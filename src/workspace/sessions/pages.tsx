import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { PlainPage } from '../../web/kit/plain-page.tsx';
import { Redirect } from '../../web/kit/redirect.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';

/** Only paths of our own: a link must not send whoever signs in to another site. */
const ownPath = (next: string | undefined): string => {
  if (!next?.startsWith('/')) return '/';
  const url = new URL(next, location.origin);
  return url.origin === location.origin && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/';
};

export function SignIn() {
  const words = useMessages({ en, zh });
  const welcome = useQuery(api.welcome.get.queryOptions({ input: {} }));
  const session = useQuery(api.sessions.get.queryOptions({ input: {} }));
  const [next] = useAddress('next');
  if (session.data?.member) return <Redirect path={ownPath(next)} />;
  if (welcome.data && !welcome.data.hasOwner) return <Redirect path="/welcome" />;
  return (
    <PlainPage title={words.title}>
      <Answer of={welcome} what={words.reading}>
        {({ singleSignOn }) => (
          <div className="stack">
            <PasswordForm next={ownPath(next)} />
            {singleSignOn ? <SingleSignOn next={ownPath(next)} /> : null}
            <p className="meta">{words.forgotten}</p>
          </div>
        )}
      </Answer>
    </PlainPage>
  );
}

/** Why the sign-in provider's answer was not taken; the server names the code, the words are ours. */
function Refused() {
  const words = useMessages({ en, zh }).refused;
  const [code] = useAddress('refused');
  if (!code) return null;
  return <Notice tone="bad">{code === 'forbidden' || code === 'unavailable' || code === 'not_found' ? words[code] : words.other}</Notice>;
}

/** A plain link: the browser leaves for the provider and comes back. */
function SingleSignOn({ next }: { next: string }) {
  const words = useMessages({ en, zh });
  return (
    <a className="btn big" href={`/auth/oidc?next=${encodeURIComponent(next)}`}>
      {words.singleSignOn}
    </a>
  );
}

function PasswordForm({ next }: { next: string }) {
  const words = useMessages({ en, zh });
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : words.needed.email),
      password: (value) => (value ? null : words.needed.password),
    },
  });
  // The page is loaded anew, so that nothing read as a visitor stays in view.
  const signIn = useMutation(api.sessions.create.mutationOptions({ onSuccess: () => location.assign(next) }));
  return (
    <form className="form" onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      {signIn.error ? <WhyNot error={signIn.error} /> : <Refused />}
      <TextInput label={words.email} type="email" autoComplete="username" {...form.getInputProps('email')} />
      <PasswordInput label={words.password} autoComplete="current-password" {...form.getInputProps('password')} />
      <div className="actions">
        <Button type="submit" kind="primary" size="big" pending={signIn.isPending || signIn.isSuccess}>
          {words.signIn}
        </Button>
      </div>
    </form>
  );
}

/** In the reader's language: this is the one refusal that everybody meets before they could have chosen one. */
function WhyNot({ error }: { error: unknown }) {
  const words = useMessages({ en, zh });
  const { code, message, details } = toFailure(error);
  const seconds = (details as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds ?? 60;
  const own: Record<string, string> = {
    unauthenticated: words.wrong,
    forbidden: words.off,
    too_many: words.tooMany(Math.ceil(seconds / 60)),
  };
  return <Notice tone="bad">{own[code] ?? message}</Notice>;
}
