import { useState } from 'react';
import { Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { type Draft, type DraftStep, fieldsOf, newStep, ruleOf } from './drafts.ts';
import { en, zh } from './messages.ts';
import { RulePreview } from './rule-preview.tsx';
import type { FixRule, FixStep, Preview } from './schema.ts';

export type Start = { reason: string | null; key: string | null };
type FormProps = { start: Start; keys: { value: string; label: string }[]; mayKeep: boolean; onDone: () => void };

/** Says what a rule does, tries it on what failed, then keeps it and sends again what it puts right. */
export function RuleForm({ start, keys, mayKeep, onDone }: FormProps) {
  const words = useMessages({ en, zh });
  const [draft, setDraft] = useState<Draft>(() => ({ name: '', event: '', ...start, steps: [newStep(start.reason)] }));
  const [tried, setTried] = useState<{ rule: string; preview: Preview } | null>(null);
  const change = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }));
  const rule = ruleOf(draft);
  const written = JSON.stringify(rule);
  const preview = useMutation(
    api.fixRules.preview.mutationOptions({ onSuccess: (found, asked) => setTried({ rule: JSON.stringify(asked.rule), preview: found }) }),
  );
  const reasons = Object.entries(words.reasons).map(([value, label]) => ({ value, label }));
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (rule && !preview.isPending) preview.mutate({ rule });
      }}
    >
      {preview.error ? <Notice tone="bad">{toFailure(preview.error).message}</Notice> : null}
      <div className="pair">
        <Select
          label={words.reason}
          placeholder={words.anyReason}
          data={reasons}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          clearable
        />
        <Select label={words.key} placeholder={words.anyKey} data={keys} value={draft.key} onChange={(key) => change({ key })} clearable />
      </div>
      <TextInput
        label={words.eventName}
        description={words.eventHelp}
        value={draft.event}
        onChange={({ currentTarget }) => change({ event: currentTarget.value })}
      />
      <Steps draft={draft} onChange={(steps) => change({ steps })} />
      {rule ? null : <p className="meta">{words.unfinished}</p>}
      <div className="actions">
        <Button type="submit" kind={tried?.rule === written ? 'plain' : 'primary'} disabled={!rule} pending={preview.isPending}>
          {words.preview}
        </Button>
      </div>
      <output className="vh" aria-live="polite">
        {preview.isPending ? words.previewing : ''}
      </output>
      {tried ? (
        <>
          {tried.rule === written ? null : <Notice tone="warn">{words.changed}</Notice>}
          <RulePreview preview={tried.preview} />
        </>
      ) : null}
      {tried && rule && tried.rule === written && mayKeep ? (
        <Keep draft={draft} rule={rule} fixed={tried.preview.fixed} onName={(name) => change({ name })} onDone={onDone} />
      ) : null}
    </form>
  );
}

function Steps({ draft: { steps, reason }, onChange }: { draft: Draft; onChange: (steps: DraftStep[]) => void }) {
  const words = useMessages({ en, zh });
  const acts = Object.entries(words.acts).map(([value, label]) => ({ value, label }));
  const labels = { path: words.path, to: words.to, value: words.value };
  const put = (at: number, more: Partial<DraftStep>) => onChange(steps.map((step, index) => (index === at ? { ...step, ...more } : step)));
  return (
    <fieldset className="stack">
      <legend className="med">{words.steps}</legend>
      {steps.map((step, index) => (
        <div key={step.key} className="row filters">
          <Select
            aria-label={`${words.step} ${index + 1}`}
            data={acts}
            allowDeselect={false}
            value={step.do}
            onChange={(value) => put(index, { do: value as FixStep['do'] })}
          />
          {fieldsOf[step.do].map((field) => {
            const label = step.do === 'rename_event' ? words.newName : labels[field];
            return (
              <TextInput
                key={field}
                aria-label={`${words.step} ${index + 1}: ${label}`}
                placeholder={label}
                value={step[field]}
                onChange={({ currentTarget }) => put(index, { [field]: currentTarget.value })}
              />
            );
          })}
          {steps.length > 1 ? (
            <Button
              kind="quiet"
              size="small"
              icon={X}
              aria-label={`${words.dropStep} (${index + 1})`}
              onClick={() => onChange(steps.filter((_, at) => at !== index))}
            />
          ) : null}
        </div>
      ))}
      {steps.some((step) => step.do === 'set') ? <p className="meta">{words.valueHelp}</p> : null}
      {steps.length < 20 ? (
        <div>
          <Button size="small" icon={Plus} onClick={() => onChange([...steps, newStep(steps.length === 0 ? reason : null)])}>
            {words.addStep}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

type KeepProps = { draft: Draft; rule: FixRule; fixed: number; onName: (name: string) => void; onDone: () => void };

function Keep({ draft: { name }, rule, fixed, onName, onDone }: KeepProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  const [missing, setMissing] = useState(false);
  const create = useMutation(api.fixRules.create.mutationOptions());
  const replay = useMutation(api.fixRules.replay.mutationOptions());
  const keep = async (send: boolean) => {
    if (!name.trim()) return setMissing(true);
    // A rule that was kept before its sending failed is not made a second time.
    const kept = create.data ?? (await create.mutateAsync({ name, rule }));
    if (send) {
      const { replayed } = await replay.mutateAsync({ fixRule: kept.id });
      toast({ text: words.replayed(format.number(replayed), replayed) });
    } else toast({ text: words.kept(kept.name) });
    await queries.invalidateQueries();
    onDone();
  };
  const start = (send: boolean) => void keep(send).catch(() => {});
  const error = create.error ?? replay.error;
  return (
    <>
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput
        label={words.name}
        description={words.nameHelp}
        value={name}
        error={missing && !name.trim() ? words.nameNeeded : undefined}
        onChange={({ currentTarget }) => onName(currentTarget.value)}
      />
      <div className="actions">
        {fixed > 0 ? (
          <Button kind="primary" pending={create.isPending || replay.isPending} onClick={() => start(true)}>
            {words.keepAndReplay(format.number(fixed))}
          </Button>
        ) : null}
        <Button pending={create.isPending || replay.isPending} onClick={() => start(false)}>
          {words.keep}
        </Button>
      </div>
    </>
  );
}
