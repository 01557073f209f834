import { useState } from 'react';
import { Autocomplete, Select, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp, X } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { Drawer } from '../../web/kit/drawer.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { SelfReportRule, SelfReportSetting, SelfReportSource } from './schema.ts';

export function SelfReportDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const answer = useQuery({ ...api.selfReports.setting.queryOptions({ input: {} }), enabled: open });
  return (
    <Drawer open={open} onClose={onClose} title={words.setting} size="wide">
      <Answer of={answer} what={words.settingReading}>
        {(setting) => <SettingForm key={setting.version} setting={setting} onClose={onClose} />}
      </Answer>
    </Drawer>
  );
}

const replaced = <Item,>(items: Item[], place: number, item: Item): Item[] => items.with(place, item);
const without = <Item,>(items: Item[], place: number): Item[] => items.toSpliced(place, 1);

const isWhole = (sources: SelfReportSource[], rules: SelfReportRule[]): boolean =>
  sources.every(({ of, event, property }) => property.trim() !== '' && (of !== 'event' || Boolean(event?.trim()))) &&
  rules.every(({ words, channel }) => words.length > 0 && channel.trim() !== '');

function SettingForm({ setting, onClose }: { setting: SelfReportSetting; onClose: () => void }) {
  const words = useMessages({ en, zh });
  const queries = useQueryClient();
  const first: SelfReportSource = { of: 'person', event: null, property: '' };
  const [sources, setSources] = useState(setting.sources.length > 0 ? setting.sources : [first]);
  const [rules, setRules] = useState(setting.rules);
  const [tried, setTried] = useState(false);
  const update = useMutation(
    api.selfReports.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.selfReports.key() });
        toast({ text: words.saved });
        onClose();
      },
    }),
  );
  const save = () => {
    setTried(true);
    if (isWhole(sources, rules)) update.mutate({ sources, rules, version: setting.version });
  };
  return (
    <div className="form">
      {update.error ? <Notice tone="bad">{toFailure(update.error).message}</Notice> : null}
      {tried && !isWhole(sources, rules) ? <Notice tone="bad">{words.incomplete}</Notice> : null}
      <Sources sources={sources} onChange={setSources} />
      <Rules rules={rules} onChange={setRules} />
      <div className="actions">
        <Button kind="primary" pending={update.isPending} onClick={save}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </div>
  );
}

function Sources({ sources, onChange }: { sources: SelfReportSource[]; onChange: (sources: SelfReportSource[]) => void }) {
  const words = useMessages({ en, zh });
  const found = useQuery(api.selfReports.properties.queryOptions({ input: {} }));
  const known = (of: string) => [...new Set((found.data?.properties ?? []).filter((one) => one.of === of).map(({ property }) => property))];
  return (
    <Section title={words.sources} actions={sources.length < 5 ? <AddSource onAdd={(one) => onChange([...sources, one])} /> : null}>
      {sources.map((source, place) => (
        <div className="pair" key={place}>
          <Select
            label={words.of}
            data={(['person', 'opportunity', 'event'] as const).map((value) => ({ value, label: words.ofs[value] }))}
            allowDeselect={false}
            value={source.of}
            onChange={(of) => of && onChange(replaced(sources, place, { ...source, of, event: of === 'event' ? '' : null }))}
          />
          {source.of === 'event' ? (
            <TextInput
              label={words.event}
              value={source.event ?? ''}
              onChange={({ currentTarget: { value } }) => onChange(replaced(sources, place, { ...source, event: value }))}
            />
          ) : null}
          <Autocomplete
            label={words.property}
            data={known(source.of)}
            value={source.property}
            onChange={(property) => onChange(replaced(sources, place, { ...source, property }))}
          />
          <Button
            size="small"
            kind="quiet"
            icon={X}
            aria-label={words.removeSource(place + 1)}
            onClick={() => onChange(without(sources, place))}
          />
        </div>
      ))}
    </Section>
  );
}

function AddSource({ onAdd }: { onAdd: (source: SelfReportSource) => void }) {
  const words = useMessages({ en, zh });
  return (
    <Button size="small" onClick={() => onAdd({ of: 'person', event: null, property: '' })}>
      {words.addSource}
    </Button>
  );
}

function Rules({ rules, onChange }: { rules: SelfReportRule[]; onChange: (rules: SelfReportRule[]) => void }) {
  const words = useMessages({ en, zh });
  const programs = useQuery(api.programs.list.queryOptions({ input: {} }));
  const add = () => onChange([{ words: [], channel: '', program: null }, ...rules]);
  const up = (place: number) => onChange(without(rules, place).toSpliced(place - 1, 0, rules[place]!));
  return (
    <Section
      title={words.rules}
      subtitle={words.rulesHelp}
      actions={
        <Button size="small" onClick={add}>
          {words.addRule}
        </Button>
      }
    >
      {rules.map((rule, place) => (
        <div key={place} className="stack">
          <TagsInput
            label={words.words}
            description={place === 0 ? words.wordsHelp : undefined}
            value={rule.words}
            onChange={(given) => onChange(replaced(rules, place, { ...rule, words: given }))}
          />
          <div className="pair">
            <TextInput
              label={words.ruleChannel}
              value={rule.channel}
              onChange={({ currentTarget: { value } }) => onChange(replaced(rules, place, { ...rule, channel: value }))}
            />
            <Select
              label={`${words.program} (${words.optional})`}
              data={(programs.data?.programs ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              searchable
              clearable
              value={rule.program}
              onChange={(program) => onChange(replaced(rules, place, { ...rule, program }))}
            />
          </div>
          <div className="row">
            {place > 0 ? (
              <Button size="small" kind="quiet" icon={ArrowUp} aria-label={words.up(place + 1)} onClick={() => up(place)} />
            ) : null}
            <Button
              size="small"
              kind="quiet"
              icon={X}
              aria-label={words.removeRule(place + 1)}
              onClick={() => onChange(without(rules, place))}
            />
          </div>
        </div>
      ))}
    </Section>
  );
}
