import { TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { placeholders, type UtmRule, utmRuleFields, utmWord } from './schema.ts';

/** How UTM parameters are named in this workspace. */
export function UtmRuleDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const answer = useQuery({ ...api.utmRules.get.queryOptions({ input: {} }), enabled: open });
  return (
    <Dialog open={open} onClose={onClose} title={words.title} wide>
      <Answer of={answer} what={words.reading}>
        {(rule) => <RuleForm key={rule.version} rule={rule} onClose={onClose} />}
      </Answer>
    </Dialog>
  );
}

const areWords = (given: string[]) => given.every((one) => utmWord.safeParse(one).success);

function RuleForm({ rule, onClose }: { rule: UtmRule; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const { role } = useSession();
  const mayChange = role === 'owner' || role === 'pmm';
  const form = useForm({
    initialValues: { campaign: rule.campaign, sources: rule.sources, media: rule.media },
    validate: {
      campaign: (value) => (utmRuleFields.shape.campaign.safeParse(value).success ? null : words.campaignWrong),
      sources: (value) => (areWords(value) ? null : words.wordWrong),
      media: (value) => (areWords(value) ? null : words.wordWrong),
    },
  });
  const update = useMutation(
    api.utmRules.update.mutationOptions({
      onSuccess: async () => {
        await Promise.all([api.utmRules.key(), api.programs.key()].map((queryKey) => queries.invalidateQueries({ queryKey })));
        toast({ text: words.saved });
        onClose();
      },
    }),
  );
  return (
    <form className="form" noValidate onSubmit={form.onSubmit((fields) => update.mutate({ ...fields, version: rule.version }))}>
      {update.error ? <Notice tone="bad">{toFailure(update.error).message}</Notice> : null}
      <p className="meta">{mayChange ? words.note : words.readOnly}</p>
      <TextInput
        label={words.campaign}
        description={words.campaignHelp(placeholders.join(' '))}
        readOnly={!mayChange}
        data-autofocus
        {...form.getInputProps('campaign')}
      />
      <TagsInput label={words.sources} description={words.anyHelp} readOnly={!mayChange} maxTags={100} {...form.getInputProps('sources')} />
      <TagsInput label={words.media} description={words.anyHelp} readOnly={!mayChange} maxTags={100} {...form.getInputProps('media')} />
      {mayChange ? (
        <div className="actions">
          <Button type="submit" kind="primary" pending={update.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      ) : null}
    </form>
  );
}
