import { useState } from 'react';
import { Plus, X } from 'lucide-react';
import { Button, Tag } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Table } from '../../web/kit/table.tsx';
import { en as charterEn, zh as charterZh } from '../charters/messages.ts';
import { type CriterionPlan, type GatePlan, gateStages } from '../gates/schema.ts';
import { CriterionDrawer } from './criterion-drawer.tsx';
import { useCriterionText } from './lists.tsx';
import { en, zh } from './messages.ts';
import { NumberField } from './number-field.tsx';

type GatesProps = { gates: GatePlan[]; onChange: (gates: GatePlan[]) => void };

const newCriterion = (leadDays: number): CriterionPlan => ({
  kind: 'manual',
  function: 'product_marketing',
  text: '',
  required: true,
  leadDays,
  threshold: null,
});

/** The gates on the way, one for each stage at the most. */
export function GateEditor({ gates, onChange }: GatesProps) {
  const words = useMessages({ en, zh });
  const missing = gateStages.filter((stage) => !gates.some((one) => one.stage === stage));
  const add = (stage: GatePlan['stage']) =>
    onChange(
      [...gates, { stage, leadDays: 7, criteria: [] }].toSorted(
        (one, other) => gateStages.indexOf(one.stage) - gateStages.indexOf(other.stage),
      ),
    );
  return (
    <>
      {gates.map((gate) => (
        <OneGate
          key={gate.stage}
          gate={gate}
          onChange={(changed) => onChange(gates.map((one) => (one.stage === changed.stage ? changed : one)))}
          onRemove={() => onChange(gates.filter(({ stage }) => stage !== gate.stage))}
        />
      ))}
      {missing.length > 0 ? (
        <div className="row add-gates">
          {missing.map((stage) => (
            <Button key={stage} size="small" icon={Plus} onClick={() => add(stage)}>
              {words.edit.addGate(words.stages[stage])}
            </Button>
          ))}
        </div>
      ) : null}
    </>
  );
}

type GateProps = { gate: GatePlan; onChange: (gate: GatePlan) => void; onRemove: () => void };

function OneGate({ gate, onChange, onRemove }: GateProps) {
  const words = useMessages({ en, zh });
  const [open, setOpen] = useState<number | null>(null);
  const { criteria } = gate;
  const opened = open === null ? undefined : criteria[open];
  const add = () => {
    onChange({ ...gate, criteria: [...criteria, newCriterion(gate.leadDays)] });
    setOpen(criteria.length);
  };
  const name = words.gateOf(words.stages[gate.stage]);
  return (
    <Section
      title={name}
      ruled
      actions={
        <>
          <Button size="small" icon={Plus} onClick={add}>
            {words.edit.addCriterion}
          </Button>
          <Button size="small" onClick={onRemove}>
            {words.edit.removeGate}
          </Button>
        </>
      }
    >
      <div className="form">
        <NumberField
          label={words.edit.leadDays}
          value={gate.leadDays}
          min={-365}
          max={730}
          onChange={(leadDays) => onChange({ ...gate, leadDays })}
        />
      </div>
      <Criteria
        label={name}
        criteria={criteria}
        onOpen={setOpen}
        onRemove={(index) => onChange({ ...gate, criteria: criteria.toSpliced(index, 1) })}
      />
      {opened && open !== null ? (
        <CriterionDrawer
          key={open}
          criterion={opened}
          onChange={(criterion) => onChange({ ...gate, criteria: criteria.with(open, criterion) })}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Section>
  );
}

type CriteriaProps = { label: string; criteria: CriterionPlan[]; onOpen: (index: number) => void; onRemove: (index: number) => void };

function Criteria({ label, criteria, onOpen, onRemove }: CriteriaProps) {
  const words = useMessages({ en, zh });
  const charter = useMessages({ en: charterEn, zh: charterZh });
  const textOf = useCriterionText();
  return (
    <Table
      label={label}
      rows={criteria.map((one, index) => ({ ...one, index }))}
      rowKey={({ index }) => String(index)}
      foot=""
      empty={<p className="meta">{words.edit.noCriteria}</p>}
      columns={[
        {
          key: 'criterion',
          head: words.criterion,
          width: '46%',
          cell: (one) => (
            <>
              <button type="button" className="name-button" onClick={() => onOpen(one.index)} aria-haspopup="dialog">
                {textOf(one)}
              </button>{' '}
              {one.required ? null : <Tag tone="line">{words.optional}</Tag>}
            </>
          ),
        },
        { key: 'due', head: words.due, width: '20%', cell: ({ leadDays }) => words.dueDay(leadDays) },
        { key: 'function', head: words.function, cell: ({ function: answers }) => charter.functions[answers] },
        {
          key: 'remove',
          head: words.edit.remove(''),
          silent: true,
          width: '44px',
          cell: (one) => <Button kind="quiet" icon={X} aria-label={words.edit.remove(textOf(one))} onClick={() => onRemove(one.index)} />,
        },
      ]}
    />
  );
}
