import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { ErrorState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { FixStep, KeptRule } from './schema.ts';

/** The rules that are kept, and how often each was used. */
export function Rules({ mayKeep }: { mayKeep: boolean }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const answer = useQuery(api.fixRules.list.queryOptions({ input: {} }));
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  const rules = answer.data?.rules ?? [];
  if (rules.length === 0) return null;
  const say = (step: FixStep) =>
    [words.acts[step.do], 'path' in step ? step.path : '', 'to' in step ? `→ ${step.to}` : '', 'value' in step ? `= ${step.value}` : '']
      .filter(Boolean)
      .join(' ');
  const used = ({ replays }: KeptRule) => {
    const [last] = replays;
    const events = replays.reduce((sum, replay) => sum + replay.events, 0);
    return last ? words.usedWords(format.number(events), replays.length, format.dateTime(last.at)) : words.neverUsed;
  };
  return (
    <Section title={words.rules} subtitle={words.rulesNote}>
      <Table
        label={words.rules}
        rows={rules}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', head: words.rule, cell: ({ name }) => <span className="med">{name}</span>, sort: ({ name }) => name },
          {
            key: 'for',
            head: words.reason,
            cell: ({ rule: { reason, event } }) =>
              [reason ? (words.reasons[reason] ?? reason) : words.anyReason, event].filter(Boolean).join(', '),
          },
          { key: 'does', head: words.does, cell: ({ rule }) => rule.steps.map(say).join('; ') },
          { key: 'used', head: words.used, cell: used },
          ...(mayKeep ? [{ key: 'acts', head: words.actions, silent: true, cell: (rule: KeptRule) => <Acts rule={rule} /> }] : []),
        ]}
      />
    </Section>
  );
}

function Acts({ rule: { id, name } }: { rule: KeptRule }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const done = async (text: string) => {
    toast({ text });
    await queries.invalidateQueries();
  };
  const replay = useMutation(
    api.fixRules.replay.mutationOptions({
      onSuccess: ({ replayed }) => done(words.replayed(format.number(replayed), replayed)),
      onError: toastFailure,
    }),
  );
  const remove = useMutation(
    api.fixRules.delete.mutationOptions({ onSuccess: () => done(words.ruleDeleted(name)), onError: toastFailure }),
  );
  const askReplay = async () =>
    (await confirm({ title: words.replayTitle(name), text: words.replayText, action: words.replay })) && replay.mutate({ fixRule: id });
  const askRemove = async () =>
    (await confirm({ title: words.deleteRuleTitle(name), text: words.deleteRuleText, action: words.deleteRule, danger: true })) &&
    remove.mutate({ fixRule: id });
  return (
    <div className="row">
      <Button size="small" pending={replay.isPending} onClick={() => void askReplay()}>
        {words.replay}
      </Button>
      <Button size="small" kind="danger" pending={remove.isPending} onClick={() => void askRemove()}>
        {words.deleteRule}
      </Button>
    </div>
  );
}
