import { useForm } from '@mantine/form';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { type Draft, draftOf, enoughSteps } from './draft.ts';
import { en, zh } from './messages.ts';
import { type Feature, fewestSteps } from './schema.ts';

/** The form's state, with what must be right before it is sent. */
export function useDraft(feature?: Feature) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return useForm<Draft>({
    initialValues: draftOf(feature),
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      steps: (_, draft) =>
        enoughSteps(draft) ? null : draft.kind === 'event' ? words.eventNeeded : words.stepsNeeded(format.number(fewestSteps(draft.kind))),
    },
  });
}
export type DraftForm = ReturnType<typeof useDraft>;
