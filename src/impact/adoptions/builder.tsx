import { NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { DateField } from '../../web/kit/date-field.tsx';
import { useFormat, useToday } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { addDays } from '../../web/kit/questions/ranges.ts';
import { UnitToggle } from '../../web/kit/questions/unit-toggle.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { en, zh } from './messages.ts';
import type { AdoptionAsked } from './schema.ts';

export const useFeatures = () => useQuery(api.features.list.queryOptions({ input: {} })).data?.features;

export const useLaunches = () => {
  const { data } = useQuery(api.launches.list.queryOptions({ input: {} }));
  return data?.launches.filter(({ feature }) => feature !== null);
};

/** What is adopted, by which of its versions, from when, and by whom. */
export function AdoptionsBuilder({ question, ask }: Pick<Asked<AdoptionAsked>, 'question' | 'ask'>) {
  const words = useMessages({ en, zh });
  const launches = useLaunches() ?? [];
  const features = useFeatures() ?? [];
  const launch = launches.find(({ key }) => key === question.launch);
  const feature = question.rule ? null : (question.feature ?? launch?.feature?.id ?? null);
  // The launch has a feature of its own; without one a feature has to be named.
  const choose = (id: string | null) =>
    ask({ launch: question.launch, feature: id === launch?.feature?.id ? null : id, version: null, rule: null });
  return (
    <>
      <Control label={words.launch}>
        <Select
          aria-label={words.launch}
          placeholder={feature ? words.noLaunchChosen : words.chooseLaunch}
          searchable
          clearable
          w={220}
          data={launches.map(({ key, name }) => ({ value: key, label: name }))}
          value={question.launch ?? null}
          onChange={(key) =>
            key === null
              ? ask({ launch: null, feature, since: question.since?.kind === 'launch' ? null : question.since })
              : ask({ launch: key, feature: null, version: null, rule: null })
          }
        />
      </Control>
      <Control label={words.feature}>
        <Select
          aria-label={words.feature}
          placeholder={words.chooseFeature}
          searchable
          allowDeselect={false}
          w={220}
          data={features.map(({ id, name }) => ({ value: id, label: name }))}
          value={feature}
          onChange={choose}
        />
        {feature ? (
          <VersionSelect
            feature={feature}
            ofLaunch={launch?.feature?.id === feature ? launch.feature.version : null}
            value={question.version ?? null}
            onChange={(version) => ask({ launch: question.launch, version })}
          />
        ) : null}
      </Control>
      <Since question={question} ask={ask} marketDate={launch?.marketDate ?? null} />
      <Control label={words.horizon}>
        <NumberInput
          aria-label={words.horizon}
          w={80}
          min={7}
          max={365}
          allowDecimal={false}
          value={question.horizonDays}
          onChange={(days) => Number(days) >= 7 && Number(days) <= 365 && ask({ horizonDays: Number(days) }, { replace: true })}
        />
      </Control>
      <Control label={words.unit}>
        <UnitToggle value={question.unit} onChange={(unit) => ask({ unit })} />
      </Control>
    </>
  );
}

type VersionProps = { feature: string; ofLaunch: number | null; value: number | null; onChange: (version: number | null) => void };

/** That of the launch or the newest, or one that is named; of a feature that never changed there is nothing to choose. */
function VersionSelect({ feature, ofLaunch, value, onChange }: VersionProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { data } = useQuery(api.features.get.queryOptions({ input: { feature } }));
  const versions = data?.versions ?? [];
  if (versions.length < 2) return null;
  const usual = ofLaunch === null ? words.newest(format.number(versions[0]!.version)) : words.registered(format.number(ofLaunch));
  return (
    <Select
      aria-label={words.version}
      w={220}
      allowDeselect={false}
      data={[
        { value: '', label: usual },
        ...versions.map(({ version, createdAt }) => ({
          value: String(version),
          label: words.oneVersion(format.number(version), format.date(createdAt)),
        })),
      ]}
      value={value === null ? '' : String(value)}
      onChange={(version) => onChange(version ? Number(version) : null)}
    />
  );
}

type SinceProps = Pick<Asked<AdoptionAsked>, 'question' | 'ask'> & { marketDate: string | null };

/** Day 1: the market date where there is a launch, a day, or each account's own. */
function Since({ question: { launch, since, horizonDays }, ask, marketDate }: SinceProps) {
  const words = useMessages({ en, zh });
  const today = useToday();
  const kinds = launch ? (['launch', 'day', 'access'] as const) : (['day', 'access'] as const);
  const choose = (kind: string | null) => {
    if (kind === 'day') return ask({ since: { kind, day: marketDate ?? addDays(today, -horizonDays) } });
    return ask({ since: kind === 'access' && launch ? { kind } : null });
  };
  return (
    <Control label={words.since}>
      <Select
        aria-label={words.since}
        w={270}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: words.sinces[value] }))}
        value={since?.kind ?? (launch ? 'launch' : 'access')}
        onChange={choose}
      />
      {since?.kind === 'day' ? (
        <DateField label={words.day} bare value={since.day} onChange={(day) => day && ask({ since: { kind: 'day', day } })} />
      ) : null}
    </Control>
  );
}
