import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { BusinessFunction } from '../charters/schema.ts';
import { SignMark } from './marks.tsx';
import { en, zh } from './messages.ts';
import type { Deliverable } from './schema.ts';

/** The functions that whoever is signed in may sign for: where they approve, and, as an owner, where nobody does. */
export function useSignable(): BusinessFunction[] {
  const { member, role } = useSession();
  const charter = useQuery(api.charters.get.queryOptions({ input: {} })).data;
  return (charter?.functions ?? []).flatMap((each) => {
    const approvers = each.members.filter(({ approves, gone }) => approves && !gone);
    const may = approvers.some(({ id }) => id === member.id) || (approvers.length === 0 && role === 'owner');
    return may ? [each.function] : [];
  });
}

/** Who signed, who is waited for, and the way to sign for those who may. */
export function Signatures({ one }: { one: Deliverable }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const signable = useSignable();
  if (one.signOffs.length === 0) return null;
  return (
    <Section title={words.signTitle}>
      <ul className="signatures">
        {one.signOffs.map((sign) => (
          <li key={sign.function}>
            <SignMark sign={sign} />
            {sign.at ? <span className="meta">{words.signedBy(sign.by, format.dateTime(sign.at))}</span> : null}
            {sign.comment ? <p className="meta">{sign.comment}</p> : null}
            {signable.includes(sign.function) && sign.state !== 'signed' ? <SignButtons one={one} wanted={sign.function} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SignButtons({ one, wanted }: { one: Deliverable; wanted: BusinessFunction }) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const queries = useQueryClient();
  const [asking, setAsking] = useState<string | null>(null);
  const sign = useMutation(
    api.deliverables.sign.mutationOptions({
      onSuccess: async (_, { decision }) => {
        await queries.invalidateQueries({ queryKey: api.deliverables.key() });
        setAsking(null);
        toast({ text: decision === 'signed' ? words.signed(charter.functions[wanted]) : words.asked });
      },
      onError: toastFailure,
    }),
  );
  const given = { deliverable: one.id, function: wanted, content: one.content };
  if (asking !== null)
    return (
      <div className="form">
        <Textarea
          label={words.changesText}
          value={asking}
          onChange={(event) => setAsking(event.currentTarget.value)}
          autosize
          minRows={2}
        />
        <div className="actions">
          <Button pending={sign.isPending} onClick={() => sign.mutate({ ...given, decision: 'changes_asked', comment: asking })}>
            {words.askChanges}
          </Button>
          <Button kind="quiet" onClick={() => setAsking(null)}>
            {words.cancel}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="row">
      <Button size="small" pending={sign.isPending} onClick={() => sign.mutate({ ...given, decision: 'signed' })}>
        {words.signFor(charter.functions[wanted])}
      </Button>
      <Button size="small" kind="quiet" onClick={() => setAsking('')}>
        {words.askChanges}
      </Button>
    </div>
  );
}
