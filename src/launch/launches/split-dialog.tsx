import { MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { useDeliverables } from '../deliverables/use-deliverables.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

/** Some of a launch goes out by itself. */
export function SplitDialog({ launch, onClose }: { launch: Launch; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const all = useDeliverables(launch.key).data?.deliverables ?? [];
  const form = useForm({
    initialValues: { name: '', marketDate: launch.marketDate, features: [] as string[], deliverables: [] as string[], reason: '' },
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      reason: (value) => (value.trim().length >= 3 ? null : words.reasonNeeded),
    },
  });
  const split = useMutation(
    api.launches.split.mutationOptions({
      onSuccess: async ({ launch: made }) => {
        await Promise.all([api.launches, api.deliverables].map((noun) => queries.invalidateQueries({ queryKey: noun.key() })));
        toast({ text: words.splitDone(made.name) });
        await navigate({ to: '/launches/$launch', params: { launch: made.key } });
      },
    }),
  );
  const named = (list: { id: string; name: string }[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Dialog open onClose={onClose} title={words.splitTitle(launch.name)} wide>
      <form
        className="form"
        noValidate
        onSubmit={form.onSubmit((given) => split.mutate({ launch: launch.key, version: launch.version, ...given }))}
      >
        {split.error ? <Notice tone="bad">{toFailure(split.error).message}</Notice> : null}
        <p>{words.splitText}</p>
        <TextInput label={words.name} data-autofocus {...form.getInputProps('name')} />
        <DateField
          label={words.marketDate}
          nested
          value={form.values.marketDate}
          onChange={(day) => day && form.setFieldValue('marketDate', day)}
        />
        {launch.moreFeatures.length > 0 ? (
          <MultiSelect label={words.splitFeatures} data={named(launch.moreFeatures)} {...form.getInputProps('features')} />
        ) : null}
        {all.length > 0 ? (
          <MultiSelect label={words.splitDeliverables} data={named(all)} searchable {...form.getInputProps('deliverables')} />
        ) : null}
        <Textarea label={words.cancelReason} autosize minRows={2} {...form.getInputProps('reason')} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={split.isPending}>
            {words.splitAct}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
