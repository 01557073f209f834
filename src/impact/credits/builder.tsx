import { NumberInput, Select } from '@mantine/core';
import { Segmented } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import { RangePicker } from '../../web/kit/questions/range-picker.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { en, zh } from './messages.ts';
import { OwnRule } from './own-rule.tsx';
import { conversionKinds, type CreditsAsked, type CreditSettings, labels, levels, models, settingNames } from './schema.ts';

type BuilderProps = Asked<CreditsAsked> & { subjects: string[]; currencies: string[]; settings: CreditSettings };

/** A setting that was not chosen here stands as it was answered with. */
const settledBy = (question: CreditsAsked, settings: CreditSettings): CreditSettings =>
  Object.fromEntries(settingNames.map((name) => [name, question[name] ?? settings[name]])) as CreditSettings;

/** What is explained, by which touches, and which model is emphasised. */
export function Builder({ question, ask, subjects, currencies, settings }: BuilderProps) {
  const words = useMessages({ en, zh });
  const choices = <Value extends string>(values: readonly Value[], said: Record<Value, string>) =>
    values.map((value) => ({ value, label: said[value] }));
  return (
    <>
      <Control label={words.source}>
        <Segmented
          label={words.source}
          name="source"
          value={question.source}
          choices={choices(['deals', 'journeys'] as const, words.sources)}
          onChange={(source) => ask({ source })}
        />
      </Control>
      {question.source === 'deals' ? (
        <OfDeals question={question} ask={ask} currencies={currencies} settings={settings} />
      ) : (
        <Control label={words.subject}>
          <Select
            aria-label={words.subject}
            w={200}
            data={subjects}
            value={question.subject ?? subjects.at(-1) ?? null}
            onChange={(subject) => ask({ subject })}
          />
        </Control>
      )}
      <Control label={words.order}>
        <Segmented
          label={words.order}
          name="order"
          value={String(settledBy(question, settings).order)}
          choices={['1', '2', '3'].map((value) => ({ value, label: value }))}
          onChange={(order) => ask({ order: Number(order) })}
        />
      </Control>
      <OwnRule question={question} ask={ask} />
      <Control label={words.model}>
        <Select
          aria-label={words.model}
          w={150}
          clearable
          placeholder={words.agreedChoice}
          data={choices(
            models.filter((one) => one !== 'own' || question.own),
            words.models,
          )}
          value={question.model ?? null}
          onChange={(model) => ask({ model })}
        />
      </Control>
    </>
  );
}

function OfDeals({ question, ask, currencies, settings }: Pick<BuilderProps, 'question' | 'ask' | 'currencies' | 'settings'>) {
  const shown = settledBy(question, settings);
  const words = useMessages({ en, zh });
  const days = (label: string, value: number, set: (days: number) => void) => (
    <Control label={label}>
      <NumberInput
        aria-label={label}
        w={80}
        min={1}
        max={3650}
        allowDecimal={false}
        clampBehavior="strict"
        value={value}
        onChange={(given) => (typeof given === 'number' && given >= 1 ? set(given) : undefined)}
      />
    </Control>
  );
  const group = <Value extends string>(
    label: string,
    name: string,
    value: Value,
    values: readonly Value[],
    said: Record<Value, string>,
    set: (one: Value) => void,
  ) => (
    <Control label={label}>
      <Segmented label={label} name={name} value={value} choices={values.map((one) => ({ value: one, label: said[one] }))} onChange={set} />
    </Control>
  );
  return (
    <>
      {group(words.conversion, 'conversion', shown.conversion, conversionKinds, words.conversions, (conversion) => ask({ conversion }))}
      {group(words.by, 'by', question.by, labels, words.labels, (by) => ask({ by }))}
      {group(words.level, 'level', shown.level, levels, words.levels, (level) => ask({ level }))}
      {group(words.touches, 'touches', shown.touches, ['all', 'responded'], words.whichTouches, (touches) => ask({ touches }))}
      <Control label={words.range}>
        <RangePicker value={question.range} onChange={(range) => ask({ range })} />
      </Control>
      {days(words.lookBack, shown.lookBackDays, (lookBackDays) => ask({ lookBackDays }, { replace: true }))}
      {days(words.halfLife, shown.halfLifeDays, (halfLifeDays) => ask({ halfLifeDays }, { replace: true }))}
      {days(words.influence, shown.influenceDays, (influenceDays) => ask({ influenceDays }, { replace: true }))}
      {currencies.length > 1 ? (
        <Control label={words.currency}>
          <Select
            aria-label={words.currency}
            w={100}
            allowDeselect={false}
            data={currencies}
            value={question.currency ?? currencies[0]!}
            onChange={(currency) => ask({ currency })}
          />
        </Control>
      ) : null}
    </>
  );
}
