import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { EnterDialog } from './enter-dialog.tsx';
import { GoalFacts } from './facts.tsx';
import { GoalFormBody } from './form.tsx';
import { en, zh } from './messages.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { RegisterButton } from './register.tsx';
import type { Goal } from './schema.ts';
import { useRefreshGoals } from './use-goals.tsx';

type DrawerProps = { launch: Launch; goal: Goal | null; all: Goal[]; onOpen: (id: string) => void; onClose: () => void };

/** One goal beside the list: what it says and what was registered; its form when it is new or is to be changed. */
export function GoalDrawer({ launch, goal, all, onOpen, onClose }: DrawerProps) {
  const words = useMessages({ en, zh });
  const [editing, setEditing] = useState(goal === null);
  const title = goal ? (editing && goal.registered ? words.amendTitle(goal.name) : goal.name) : words.newTitle;
  return (
    <Drawer open onClose={onClose} title={title} subtitle={goal ? words.purposes[goal.purpose] : launch.name} size="wide">
      {editing ? (
        <GoalFormBody
          launch={launch}
          goal={goal}
          all={all}
          onCancel={() => (goal ? setEditing(false) : onClose())}
          onDone={(id) => {
            setEditing(false);
            onOpen(id);
          }}
        />
      ) : goal ? (
        <>
          <GoalFacts launch={launch} goal={goal} all={all} />
          <Actions launch={launch} goal={goal} onEdit={() => setEditing(true)} onClose={onClose} />
        </>
      ) : null}
    </Drawer>
  );
}

type ActionsProps = { launch: Launch; goal: Goal; onEdit: () => void; onClose: () => void };

function Actions({ launch, goal, onEdit, onClose }: ActionsProps) {
  const { role } = useSession();
  const mayEdit = useMayEdit();
  const answers = role === 'owner' || role === 'pmm';
  if (!mayEdit || goal.withdrawn) return null;
  return (
    <div className="goal-actions">
      {goal.registered ? (
        answers && <RegisteredActions goal={goal} onEdit={onEdit} onClose={onClose} />
      ) : (
        <DraftActions launch={launch} goal={goal} onEdit={onEdit} onClose={onClose} mayRegister={answers} />
      )}
      {goal.metric?.kind === 'outside' ? <EnterButton goal={goal} /> : null}
    </div>
  );
}

function EnterButton({ goal }: { goal: Goal }) {
  const words = useMessages({ en, zh });
  const [entering, setEntering] = useState(false);
  return (
    <>
      <Button onClick={() => setEntering(true)}>{goal.registered ? words.enter : words.enterBefore}</Button>
      {entering ? <EnterDialog goal={goal} onClose={() => setEntering(false)} /> : null}
    </>
  );
}

function DraftActions({ launch, goal, onEdit, onClose, mayRegister }: ActionsProps & { mayRegister: boolean }) {
  const words = useMessages({ en, zh });
  const refresh = useRefreshGoals();
  const take = useMutation(
    api.baselines.take.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.taken });
      },
      onError: toastFailure,
    }),
  );
  const restore = useMutation(api.goals.restore.mutationOptions({ onSuccess: refresh, onError: toastFailure }));
  const remove = useMutation(
    api.goals.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose();
        await refresh();
        toast({ text: words.removed(goal.name), undo: () => restore.mutate({ id }) });
      },
      onError: toastFailure,
    }),
  );
  const measures = goal.metric !== null && goal.metric.kind !== 'outside';
  return (
    <>
      {mayRegister ? <RegisterButton launch={launch} drafts={[goal]} kind="primary" /> : null}
      {measures ? (
        <Button pending={take.isPending} onClick={() => take.mutate({ goal: goal.id, version: goal.version })}>
          {words.takeBaseline}
        </Button>
      ) : null}
      <Button onClick={onEdit}>{words.edit}</Button>
      <Button kind="danger" pending={remove.isPending} onClick={() => remove.mutate({ goal: goal.id, version: goal.version })}>
        {words.remove}
      </Button>
    </>
  );
}

function RegisteredActions({ goal, onEdit, onClose }: Omit<ActionsProps, 'launch'>) {
  const words = useMessages({ en, zh });
  const refresh = useRefreshGoals();
  const [asking, setAsking] = useState<'again' | 'withdraw' | null>(null);
  const done = async (text: string) => {
    setAsking(null);
    await refresh();
    toast({ text });
  };
  const again = useMutation(api.goals.register.mutationOptions({ onSuccess: () => done(words.registered(1)), onError: toastFailure }));
  const withdraw = useMutation(
    api.goals.delete.mutationOptions({
      onSuccess: async () => {
        onClose();
        await done(words.withdrawn(goal.name));
      },
      onError: toastFailure,
    }),
  );
  const of = { goal: goal.id, version: goal.version };
  return (
    <>
      <Button onClick={onEdit}>{words.amend}</Button>
      <Button onClick={() => setAsking('again')}>{words.registerAgain}</Button>
      <Button kind="danger" onClick={() => setAsking('withdraw')}>
        {words.withdraw}
      </Button>
      {asking === 'again' ? (
        <ReasonDialog
          title={words.againTitle(goal.name)}
          text={words.againText}
          action={words.registerAgain}
          pending={again.isPending}
          onClose={() => setAsking(null)}
          onReason={(reason) => again.mutate({ ...of, reason })}
        />
      ) : null}
      {asking === 'withdraw' ? (
        <ReasonDialog
          title={words.withdrawTitle(goal.name)}
          text={words.withdrawText}
          action={words.withdraw}
          danger
          pending={withdraw.isPending}
          onClose={() => setAsking(null)}
          onReason={(reason) => withdraw.mutate({ ...of, reason })}
        />
      ) : null}
    </>
  );
}
