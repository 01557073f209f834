import { Owner } from '../charters/owner.tsx';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../web/kit/address.ts';
import { useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Age } from '../../web/kit/marks.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import type { Criterion, Gate } from './schema.ts';
import { OptionalTag, Standing, useGateWords } from './words.tsx';

/** After so many days, what somebody said of a criterion is worth asking again. */
const shelfLifeDays = 30;

/** The criteria of a gate: how each stands, why, who answers for it, by when, and how old that is. */
export function CriterionTable({ gate }: { gate: Gate }) {
  const { words, format, gateName, nameOf, whyOf } = useGateWords();
  const passedAt = gate.standing === 'passed' ? gate.decisions[0]?.at : undefined;
  const { functions } = useMessages({ en: charterEn, zh: charterZh });
  const [open, setOpen] = useAddress('criterion');
  return (
    <Table
      label={gateName(gate.stage)}
      rows={gate.criteria}
      rowKey={({ id }) => id}
      onOpen={({ id }) => setOpen(id)}
      selected={({ id }) => id === open}
      empty={<p className="meta">{words.noCriteria}</p>}
      columns={[
        {
          key: 'criterion',
          head: words.criterion,
          width: '26%',
          cell: (criterion) => (
            <>
              <Standing of={criterion.standing} />{' '}
              <Link to="." search={(old: object) => ({ ...old, criterion: criterion.id })} replace>
                {nameOf(criterion)}
              </Link>{' '}
              <OptionalTag required={criterion.required} />
            </>
          ),
        },
        { key: 'why', head: words.why, width: '36%', cell: whyOf },
        { key: 'function', head: words.function, cell: ({ function: answeredBy }) => functions[answeredBy] },
        { key: 'owner', head: words.owner, cell: ({ owner }) => <Owner owner={owner} /> },
        { key: 'due', head: words.dueHead, cell: (criterion) => <Due of={criterion} isOpen={gate.standing !== 'passed'} /> },
        {
          key: 'checked',
          head: words.checked,
          cell: (criterion) => (passedAt ? <span className="meta">{format.date(passedAt)}</span> : <Checked of={criterion} />),
        },
      ]}
    />
  );
}

function Due({ of: { dueOn, standing }, isOpen }: { of: Criterion; isOpen: boolean }) {
  const { format } = useGateWords();
  const today = useToday();
  const isLate = isOpen && dueOn < today && (standing === 'fails' || standing === 'waits');
  return <span className={isLate ? 'nowrap bad' : 'nowrap'}>{format.date(dueOn)}</span>;
}

function Checked({ of: { checksItself, setAt } }: { of: Criterion }) {
  const { words } = useGateWords();
  if (checksItself) return <span className="meta">{words.now}</span>;
  return setAt ? <Age checkedAt={setAt} shelfLifeDays={shelfLifeDays} /> : <span className="ink3">–</span>;
}
