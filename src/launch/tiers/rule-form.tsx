import { useState } from 'react';
import { NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Conflict } from '../../web/kit/conflict.tsx';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { differingKeys, mergeFields } from '../../web/kit/merging.ts';
import { Section } from '../../web/kit/page.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { draftOf, faultOf, flatten, mostOf, type RuleDraft, ruleOf, unflatten, withCriterion } from './draft.ts';
import { en, zh } from './messages.ts';
import { type TierRule, usualCriteria } from './schema.ts';
import { useCriterionName, usePoints } from './words.tsx';

type Versioned = { rule: TierRule; version: number };
type Change = (draft: RuleDraft) => void;

const isUsual = (key: string) => (usualCriteria as readonly string[]).includes(key);

export function RuleForm(given: Versioned) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const [base, setBase] = useState(given);
  const [draft, setDraft] = useState(() => draftOf(given.rule));
  const [theirs, setTheirs] = useState<Versioned | null>(null);
  const update = useMutation(
    api.tiers.updateRule.mutationOptions({
      onSuccess: async (saved) => {
        setBase(saved);
        setDraft(draftOf(saved.rule));
        toast({ text: words.saved });
        await queries.invalidateQueries({ queryKey: api.tiers.key() });
      },
      onError: (error) => setTheirs((toFailure(error).details as { current?: Versioned } | undefined)?.current ?? null),
    }),
  );
  const goOn = (next: Versioned, fields: RuleDraft) => {
    setBase(next);
    setDraft(fields);
    setTheirs(null);
    update.reset();
  };
  const fault = faultOf(draft, isUsual);
  const failure = update.error ? toFailure(update.error) : null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) update.mutate({ rule: ruleOf(draft), version: base.version });
      }}
    >
      <Criteria draft={draft} onChange={setDraft} />
      <Begins draft={draft} onChange={setDraft} />
      <div className="save-bar">
        {theirs ? (
          <Clash
            message={words.clash}
            before={draftOf(base.rule)}
            now={draftOf(theirs.rule)}
            onKeep={() => goOn(theirs, unflatten(mergeFields(flatten(draftOf(base.rule)), flatten(draft), flatten(draftOf(theirs.rule)))))}
            onTake={() => goOn(theirs, draftOf(theirs.rule))}
          />
        ) : failure ? (
          <Notice tone="bad">{failure.message}</Notice>
        ) : null}
        {fault ? <p className="bad">{words[fault]}</p> : null}
        <div className="row">
          <Button type="submit" kind="primary" pending={update.isPending} disabled={fault !== null || theirs !== null}>
            {words.save}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Criteria({ draft, onChange }: { draft: RuleDraft; onChange: Change }) {
  const words = useMessages({ en, zh });
  const nameOf = useCriterionName();
  const points = usePoints();
  const set = (key: string, fields: Partial<RuleDraft['criteria'][number]>) =>
    onChange({ ...draft, criteria: draft.criteria.map((one) => (one.key === key ? { ...one, ...fields } : one)) });
  const add = (
    <Button size="small" icon={Plus} onClick={() => onChange(withCriterion(draft, words.newCriterion))}>
      {words.addCriterion}
    </Button>
  );
  return (
    <Section title={words.criteriaTitle} subtitle={words.weightHelp} actions={add}>
      <Table
        label={words.criteriaTitle}
        rows={draft.criteria}
        rowKey={({ key }) => key}
        foot=""
        columns={[
          {
            key: 'name',
            head: words.criterion,
            cell: (one) =>
              isUsual(one.key) ? (
                nameOf(one)
              ) : (
                <TextInput
                  aria-label={words.nameOf(draft.criteria.indexOf(one) + 1)}
                  value={one.name}
                  onChange={({ currentTarget }) => set(one.key, { name: currentTarget.value })}
                  maxLength={120}
                />
              ),
          },
          {
            key: 'weight',
            head: words.weight,
            width: '130px',
            number: true,
            cell: (one) => (
              <NumberInput
                aria-label={words.weightOf(nameOf(one))}
                value={one.weight}
                min={0}
                max={10}
                step={1}
                decimalScale={2}
                onChange={(weight) => set(one.key, { weight: weight === '' ? '' : Number(weight) })}
              />
            ),
          },
          { key: 'most', head: words.shareOfAll, width: '170px', number: true, cell: ({ key }) => points(mostOf(draft.criteria, key)) },
          {
            key: 'remove',
            head: words.remove(''),
            silent: true,
            width: '40px',
            cell: (one) => (
              <Button
                kind="quiet"
                icon={X}
                aria-label={words.remove(nameOf(one))}
                disabled={draft.criteria.length === 1}
                onClick={() => onChange({ ...draft, criteria: draft.criteria.filter(({ key }) => key !== one.key) })}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}

function Begins({ draft, onChange }: { draft: RuleDraft; onChange: Change }) {
  const words = useMessages({ en, zh });
  return (
    <Section title={words.fromTitle}>
      <div className="form">
        <div className="pair">
          {(['tier1From', 'tier2From'] as const).map((name) => (
            <NumberInput
              key={name}
              label={words[name]}
              value={draft[name]}
              min={0}
              max={100}
              decimalScale={1}
              onChange={(points) => onChange({ ...draft, [name]: points === '' ? '' : Number(points) })}
            />
          ))}
        </div>
      </div>
    </Section>
  );
}

type ClashProps = { message: string; before: RuleDraft; now: RuleDraft; onKeep: () => void; onTake: () => void };

function Clash({ message, before, now, onKeep, onTake }: ClashProps) {
  const words = useMessages({ en, zh });
  const nameOf = useCriterionName();
  const write = (value: unknown) => {
    if (typeof value === 'number') return String(value);
    const one = value as RuleDraft['criteria'][number] | undefined;
    return one ? `${nameOf(one)}, ${words.weight} ${one.weight}` : '';
  };
  const [were, are] = [flatten(before), flatten(now)];
  const fields = differingKeys(were, are).map((key) => {
    const one = (are[key] ?? were[key]) as RuleDraft['criteria'][number];
    const label = key === 'tier1From' || key === 'tier2From' ? words[key] : nameOf(one);
    return { label, before: write(were[key]), now: write(are[key]) };
  });
  return <Conflict message={message} fields={fields} onKeep={onKeep} onTake={onTake} />;
}
