import { NumberInput, Radio } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { DateField } from '../../web/kit/date-field.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { Goal } from './schema.ts';
import { useRefreshGoals } from './use-goals.tsx';

type Entered = { when: 'before' | 'after'; count: number | ''; of: number | ''; day: string | null };

/** Takes what was measured elsewhere: how many of how many, and on which day. */
export function EnterDialog({ goal, onClose }: { goal: Goal; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const refresh = useRefreshGoals();
  const form = useForm<Entered>({
    initialValues: { when: goal.registered ? 'after' : 'before', count: '', of: '', day: today },
    validate: {
      count: (value, { of }) => (value !== '' && value <= Number(of) ? null : words.textNeeded),
      of: (value) => (Number(value) > 0 ? null : words.textNeeded),
    },
  });
  const enter = useMutation(
    api.goals.enter.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.enterSaved });
        onClose();
      },
    }),
  );
  const save = form.onSubmit(({ when, count, of, day }) =>
    enter.mutate({ goal: goal.id, version: goal.version, when, count: Number(count), of: Number(of), day: day ?? today }),
  );
  return (
    <Dialog open onClose={onClose} title={words.enterTitle(goal.name)}>
      <form className="form" noValidate onSubmit={save}>
        {enter.error ? <Notice tone="bad">{toFailure(enter.error).message}</Notice> : null}
        {goal.registered ? null : (
          <Radio.Group label={words.enterWhen} {...form.getInputProps('when')}>
            <Radio value="before" label={words.enterWhens.before} />
            <Radio value="after" label={words.enterWhens.after} />
          </Radio.Group>
        )}
        <div className="pair">
          <NumberInput label={words.count} min={0} allowDecimal={false} {...form.getInputProps('count')} />
          <NumberInput label={words.of} min={1} allowDecimal={false} {...form.getInputProps('of')} />
        </div>
        <DateField label={words.day} value={form.values.day} onChange={(day) => form.setFieldValue('day', day)} />
        <div className="actions">
          <Button type="submit" kind="primary" pending={enter.isPending}>
            {words.save}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
