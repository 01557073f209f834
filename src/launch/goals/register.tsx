import { useMutation } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { client } from '../../web/kit/client.ts';
import { useConfirm } from '../../web/kit/confirm.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import type { Goal } from './schema.ts';
import { useRefreshGoals } from './use-goals.tsx';

type RegisterProps = { launch: Launch; drafts: Goal[]; kind?: 'primary' | 'plain' };

/** Registers drafts, after saying what that means: one by itself, several together. */
export function RegisterButton({ launch, drafts, kind = 'plain' }: RegisterProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const confirm = useConfirm();
  const refresh = useRefreshGoals();
  const [only] = drafts;
  const register = useMutation({
    mutationFn: async () => {
      if (drafts.length > 1) return (await client.goals.registerAll({ launch: launch.key })).registered.length;
      await client.goals.register({ goal: only!.id, version: only!.version });
      return 1;
    },
    onSuccess: async (count) => {
      await refresh();
      toast({ text: words.registered(count) });
    },
    onError: toastFailure,
  });
  if (!only) return null;
  const unmeasured = drafts.filter(({ metric, baseline }) => metric && !baseline).map(({ name }) => name);
  const text = [
    words.registerText,
    today >= launch.marketDate && words.registerLateText,
    unmeasured.length > 0 && words.registerWithout(format.list(unmeasured)),
  ];
  const ask = async () => {
    const said = text.filter(Boolean).join(format.locale === 'zh' ? '' : ' ');
    if (await confirm({ title: words.registerTitle(drafts.length), text: said, action: words.register })) register.mutate();
  };
  return (
    <Button kind={kind} icon={Lock} pending={register.isPending} onClick={() => void ask()}>
      {drafts.length > 1 ? words.registerAll(drafts.length) : words.register}
    </Button>
  );
}
