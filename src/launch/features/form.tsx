import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { BaseFields } from './base-fields.tsx';
import { baseOf, ruleOf, useDraft } from './draft.tsx';
import { en, zh } from './messages.ts';
import { RuleFields } from './rule-fields.tsx';
import type { Feature } from './schema.ts';

type Props = { feature?: Feature; onSaved: (feature: Feature) => void; onCancel: () => void };

/** Defines a feature, or writes its next version. */
export function FeatureForm({ feature, onSaved, onCancel }: Props) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const done = async (saved: Feature) => {
    await Promise.all([api.features.key(), api.launches.key()].map((queryKey) => queries.invalidateQueries({ queryKey })));
    onSaved(saved);
  };
  const create = useMutation(api.features.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(api.features.update.mutationOptions({ onSuccess: done }));
  const form = useDraft(feature);
  const save = form.onSubmit((draft) => {
    const fields = { name: draft.name, product: draft.product || null, rule: ruleOf(draft), base: baseOf(draft) };
    if (feature) update.mutate({ feature: feature.id, version: feature.version, ...fields });
    else create.mutate(fields);
  });
  const error = create.error ?? update.error;
  return (
    <form
      className="form"
      // The form may stand in a dialog of another form, which is not to be sent with it.
      onSubmit={(event) => {
        event.stopPropagation();
        save(event);
      }}
      noValidate
    >
      {error ? <Notice tone="bad">{toFailure(error).message}</Notice> : null}
      <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={`${words.product} (${words.optional})`} {...form.getInputProps('product')} />
      <RuleFields form={form} />
      <BaseFields form={form} />
      {feature ? <p className="meta">{words.versionWarning}</p> : null}
      <div className="actions">
        <Button type="submit" kind="primary" pending={create.isPending || update.isPending}>
          {words.save}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
