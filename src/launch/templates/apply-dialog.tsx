import '../../web/kit/styles/templates.css';
import { useState } from 'react';
import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import type { Launch } from '../launches/schema.ts';
import { speaksAgainst, suggestTemplate, usualChoice } from './choosing.ts';
import { ComparisonLists } from './comparison-lists.tsx';
import { en, zh } from './messages.ts';
import type { Comparison, TemplateLine } from './schema.ts';
import { Warnings } from './warnings.tsx';

type DialogProps = { launch: Launch; open: boolean; onClose: () => void };

/** Applies a template to a launch, or what is new in it, after showing what that does and what speaks against it. */
export function TemplateDialog({ launch, open, onClose }: DialogProps) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const list = useQuery({ ...api.templates.list.queryOptions({ input: { locale } }), enabled: open });
  return (
    <Dialog open={open} onClose={onClose} title={words.apply.title(launch.name)} wide>
      {open ? (
        <Answer of={list} what={words.reading}>
          {({ templates }) => <Choice templates={templates} launch={launch} onClose={onClose} />}
        </Answer>
      ) : null}
    </Dialog>
  );
}

type ChoiceProps = { templates: TemplateLine[]; launch: Launch; onClose: () => void };

function Choice({ templates, launch, onClose }: ChoiceProps) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const [chosen, setChosen] = useState(() => suggestTemplate(templates, launch));
  const comparison = useQuery({
    ...api.templates.compare.queryOptions({ input: { launch: launch.key, template: chosen ?? '', locale } }),
    enabled: chosen !== null,
    // It rests on the launch, the charter and the day: what was worked out before may be wrong by now.
    staleTime: 0,
  });
  const hint = ({ key, tier, purpose }: TemplateLine) =>
    key === launch.template?.key ? words.apply.current : purpose === 'launch' && tier === launch.tier ? words.apply.ofTier : '';
  return (
    <div className="form apply">
      <Select
        label={words.apply.choose}
        data={templates.map((one) => ({ value: one.key, label: hint(one) ? `${one.name} (${hint(one)})` : one.name }))}
        value={chosen}
        onChange={setChosen}
        allowDeselect={false}
        data-autofocus
      />
      {chosen ? (
        <Answer of={comparison} what={words.apply.reading}>
          {(found) => (
            <Apply key={`${found.template.key} ${found.template.version}`} launch={launch} comparison={found} onClose={onClose} />
          )}
        </Answer>
      ) : null}
    </div>
  );
}

type ApplyProps = { launch: Launch; comparison: Comparison; onClose: () => void };

function Apply({ launch, comparison, onClose }: ApplyProps) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  // Only what somebody chose otherwise is kept, so that what a newer comparison brings has its usual choice.
  const [otherwise, setOtherwise] = useState<Record<string, boolean>>({});
  const usual = usualChoice(comparison);
  const isChosen = (id: string) => otherwise[id] ?? usual.has(id);
  const apply = useApply(comparison.template.name, onClose);
  const items = idsOf(comparison).filter(isChosen);
  const isSame = idsOf(comparison).length === 0 && comparison.gates.length === 0;
  const send = () =>
    apply.mutate({
      launch: launch.key,
      template: comparison.template.key,
      templateVersion: comparison.template.version,
      version: comparison.launchVersion,
      items,
      locale,
    });
  return (
    <>
      <Warnings of={comparison.warnings} />
      {isSame ? <p className="ink2">{words.apply.same}</p> : null}
      <ComparisonLists
        comparison={comparison}
        launch={launch}
        isChosen={isChosen}
        onChoose={(ids, isOn) => setOtherwise((old) => ({ ...old, ...Object.fromEntries(ids.map((id) => [id, isOn])) }))}
      />
      {apply.error ? <Notice tone="warn">{toFailure(apply.error).message}</Notice> : null}
      <div className="actions apply-actions">
        <Button kind="primary" pending={apply.isPending} disabled={items.length === 0 && comparison.gates.length === 0} onClick={send}>
          {speaksAgainst(comparison.warnings) ? words.apply.applyAll : words.apply.apply}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </>
  );
}

const idsOf = ({ added, changed, removed }: Comparison): string[] => [
  ...added.map(({ id }) => id),
  ...changed.map(({ item }) => item),
  ...removed.map(({ item }) => item),
];

function useApply(name: string, onClose: () => void) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all(
      [api.launches.key(), api.deliverables.key(), api.gates.key(), api.templates.key(), api.tiers.key()].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  return useMutation(
    api.templates.apply.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast({ text: words.apply.applied(name) });
        onClose();
      },
      // Somebody was faster: what it would do now is shown, and the choice stays.
      onError: refresh,
    }),
  );
}
