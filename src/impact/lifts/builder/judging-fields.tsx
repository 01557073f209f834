import { NumberInput } from '@mantine/core';
import { Segmented } from '../../../web/kit/controls.tsx';
import { DateField } from '../../../web/kit/date-field.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Control } from '../../../web/kit/questions/builder-bar.tsx';
import { directions, isShare } from '../schema.ts';
import { type Part, PropertyField } from './fields.tsx';
import { en, zh } from './messages.ts';

/** By what it is judged. */
export function JudgingFields({ question, ask, properties }: Part) {
  const words = useMessages({ en, zh });
  const { design, outcome, unit, worthHaving } = question;
  if (design.kind === 'before_after') return null;
  const ofShare = isShare({ outcome });
  const scale = ofShare ? 100 : 1;
  const label = ofShare ? words.worthHavingShare : words.worthHaving;
  return (
    <>
      <Control label={label}>
        <NumberInput
          key={`${ofShare} ${worthHaving ?? ''}`}
          aria-label={label}
          w={110}
          min={0}
          decimalScale={4}
          defaultValue={worthHaving ? Math.round(worthHaving * scale * 1e6) / 1e6 : undefined}
          onBlur={({ currentTarget }) => {
            const value = Number(currentTarget.value.replaceAll(',', '')) / scale;
            ask({ worthHaving: value > 0 ? value : null });
          }}
        />
      </Control>
      <Control label={words.wanted}>
        <Segmented
          label={words.wanted}
          name="wanted"
          value={question.wanted ?? 'more'}
          choices={directions.map((value) => ({ value, label: words.wantedNames[value] }))}
          onChange={(wanted) => ask({ wanted })}
        />
      </Control>
      {design.kind === 'holdout' ? (
        <>
          <Control label={words.looks}>
            <Segmented
              label={words.looks}
              name="looks"
              value={design.looks}
              choices={(['once', 'any'] as const).map((value) => ({ value, label: words.looksNames[value] }))}
              onChange={(looks) => ask({ design: { ...design, looks } })}
            />
          </Control>
          {design.looks === 'once' ? (
            <Control label={words.decideOn}>
              <DateField
                bare
                clearable
                label={words.decideOn}
                value={design.decideOn ?? null}
                onChange={(decideOn) => ask({ design: { ...design, decideOn } })}
              />
            </Control>
          ) : null}
          {unit === 'case' ? null : (
            <PropertyField
              clearable
              label={words.segment}
              value={question.segment ?? ''}
              properties={properties}
              onChange={(segment) => ask({ segment: segment || null })}
            />
          )}
          {ofShare ? null : (
            <PropertyField
              clearable
              label={words.covariate}
              value={question.covariate ?? ''}
              properties={properties}
              onChange={(covariate) => ask({ covariate: covariate || null })}
            />
          )}
        </>
      ) : null}
    </>
  );
}
