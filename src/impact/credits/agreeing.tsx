import { useState } from 'react';
import { Select, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button, TextButton } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type AgreedModel, type CreditSettings, type Model, models, settingNames } from './schema.ts';

/** Which model is agreed on, by whom and why; those who may can agree on another. */
export function Agreed({ agreed, settings, onAgreed }: { agreed: AgreedModel | null; settings: CreditSettings; onAgreed: () => void }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { role } = useSession();
  const [isOpen, setOpen] = useState(false);
  const write = (one: CreditSettings) =>
    words.settings(
      words.conversions[one.conversion],
      words.levels[one.level],
      words.whichTouches[one.touches],
      format.number(one.lookBackDays),
      format.number(one.halfLifeDays, { digits: one.halfLifeDays % 1 === 0 ? 0 : 1 }),
      format.number(one.influenceDays),
      format.number(one.order),
    );
  const said = agreed
    ? words.agreed(words.models[agreed.model], agreed.agreedBy, format.date(agreed.agreedAt), agreed.reason)
    : words.notAgreed;
  const isOther = agreed && settingNames.some((name) => agreed[name] !== settings[name]);
  return (
    <p className="meta">
      {said} {agreed ? write(agreed) : null}{' '}
      {isOther ? (
        <>
          <b className="warn">{words.otherSettings(write(settings))}</b> <TextButton onClick={onAgreed}>{words.toAgreed}</TextButton>{' '}
        </>
      ) : null}
      {role === 'owner' || role === 'pmm' ? (
        <Button size="small" onClick={() => setOpen(true)}>
          {words.agree}
        </Button>
      ) : null}
      {isOpen ? <AgreeDialog agreed={agreed} settings={settings} onClose={() => setOpen(false)} /> : null}
    </p>
  );
}

function AgreeDialog({ agreed, settings, onClose }: { agreed: AgreedModel | null; settings: CreditSettings; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [model, setModel] = useState<Model>(agreed?.model ?? 'w');
  const [reason, setReason] = useState('');
  const agree = useMutation({
    ...api.credits.agree.mutationOptions(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.credits.key() });
      toast({ text: words.saved });
      onClose();
    },
    onError: toastFailure,
  });
  const save = () => agree.mutate({ model, reason, ...settings, version: agreed?.version ?? 0 });
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.agreeTitle}
      actions={
        <Button kind="primary" pending={agree.isPending} disabled={reason.trim() === ''} onClick={save}>
          {words.save}
        </Button>
      }
    >
      <p className="prose">{words.agreeHelp}</p>
      <Select
        label={words.model}
        allowDeselect={false}
        data={models.filter((one) => one !== 'own').map((value) => ({ value, label: words.models[value] }))}
        value={model}
        onChange={(value) => setModel(value as Model)}
      />
      <Textarea label={words.reasonField} value={reason} maxLength={1000} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}
