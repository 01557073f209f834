import { Plus } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useKeys } from '../../web/kit/keyboard.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { PageHead } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState, Notice } from '../../web/kit/states.tsx';
import { LaunchFrame } from '../launches/frame.tsx';
import type { Launch } from '../launches/schema.ts';
import { GoalDrawer } from './drawer.tsx';
import { en, zh } from './messages.ts';
import { RegisterButton } from './register.tsx';
import type { Goal } from './schema.ts';
import { GoalTable } from './table.tsx';
import { useGoals } from './use-goals.tsx';

/** What a launch must reach: drafts, what was registered, and what was amended since. */
export function GoalsPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const [open, setOpen] = useAddress('open');
  useKeys({ c: () => mayEdit && setOpen('new') });
  const add = mayEdit ? (
    <Button kind="primary" icon={Plus} keys="C" onClick={() => setOpen('new')}>
      {words.add}
    </Button>
  ) : null;
  return (
    <LaunchFrame tab="goals" actions={() => add}>
      {(launch) => <Goals launch={launch} open={open} setOpen={setOpen} add={add} />}
    </LaunchFrame>
  );
}

type GoalsProps = { launch: Launch; open: string | undefined; setOpen: (id: string | undefined) => void; add: React.ReactNode };

function Goals({ launch, open, setOpen, add }: GoalsProps) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const answer = useGoals(launch.key);
  return (
    <Answer of={answer} what={words.reading}>
      {({ goals }) => {
        const one = goals.find(({ id }) => id === open) ?? null;
        return (
          <>
            <Head launch={launch} goals={goals} />
            {mayEdit ? null : <Notice>{words.readOnly}</Notice>}
            {goals.length === 0 ? (
              <EmptyState actions={add}>{words.empty}</EmptyState>
            ) : (
              <GoalTable launch={launch} goals={goals} onOpen={setOpen} />
            )}
            {one || open === 'new' ? (
              <GoalDrawer
                key={one?.id ?? 'new'}
                launch={launch}
                goal={one}
                all={goals}
                onOpen={setOpen}
                onClose={() => setOpen(undefined)}
              />
            ) : null}
          </>
        );
      }}
    </Answer>
  );
}

function Head({ launch, goals }: { launch: Launch; goals: Goal[] }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const today = useToday();
  const { role } = useSession();
  if (goals.length === 0) return <PageHead title={words.title} />;
  const registered = goals.filter((goal) => goal.registered);
  const drafts = goals.filter((goal) => !goal.registered);
  const late = registered.filter((goal) => goal.registered?.late).length;
  const day = format.date(launch.marketDate, { year: true });
  const mayRegister = role === 'owner' || role === 'pmm';
  return (
    <PageHead
      verdict={<Starred text={words.head(registered.length, drafts.length, late)} />}
      note={today < launch.marketDate ? words.headNote(day) : drafts.length > 0 ? words.headLate(day) : undefined}
      aside={mayRegister && drafts.length > 0 ? <RegisterButton launch={launch} drafts={drafts} /> : undefined}
    />
  );
}
