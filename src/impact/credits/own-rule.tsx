import { useState } from 'react';
import { NumberInput } from '@mantine/core';
import { Button } from '../../web/kit/controls.tsx';
import { Dialog } from '../../web/kit/drawer.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Control } from '../../web/kit/questions/builder-bar.tsx';
import type { Asked } from '../../web/kit/questions/use-question.ts';
import { en, zh } from './messages.ts';
import { type CreditsAsked, ownRule } from './schema.ts';

type Rule = NonNullable<CreditsAsked['own']>;
type Props = Pick<Asked<CreditsAsked>, 'question' | 'ask'>;
const places = Object.keys(ownRule.shape) as (keyof Rule)[];

const percentOf = (share: number) => Math.round(share * 1e4) / 100;

const useWritten = () => {
  const format = useFormat();
  return (percent: number) => format.number(percent, { digits: percent % 1 === 0 ? 0 : 2 });
};

/** A rule of one's own beside the others, by the place of a touch on the path. */
export function OwnRule({ question, ask }: Props) {
  const words = useMessages({ en, zh });
  const written = useWritten();
  const [isOpen, setOpen] = useState(false);
  const { own } = question;
  return (
    <Control label={words.models.own}>
      <Button size="small" onClick={() => setOpen(true)}>
        {own ? places.map((place) => written(percentOf(own[place]))).join(' / ') : words.makeOwn}
      </Button>
      {isOpen ? <OwnDialog question={question} ask={ask} onClose={() => setOpen(false)} /> : null}
    </Control>
  );
}

function OwnDialog({ question: { own, model }, ask, onClose }: Props & { onClose: () => void }) {
  const words = useMessages({ en, zh });
  const written = useWritten();
  const [percent, setPercent] = useState<Rule>(
    () => Object.fromEntries(places.map((place) => [place, own ? percentOf(own[place]) : 20])) as Rule,
  );
  const sum = Math.round(places.reduce((so, place) => so + percent[place], 0) * 100) / 100;
  const save = () => {
    ask({ own: Object.fromEntries(places.map((place) => [place, percent[place] / 100])) as Rule, model: 'own' });
    onClose();
  };
  const takeAway = () => {
    ask({ own: undefined, model: model === 'own' ? undefined : model });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.ownTitle}
      actions={
        <>
          {own ? (
            <Button kind="danger" onClick={takeAway}>
              {words.takeOwn}
            </Button>
          ) : null}
          <Button kind="primary" disabled={sum !== 100} onClick={save}>
            {words.showOwn}
          </Button>
        </>
      }
    >
      <p className="prose">{words.ownHelp}</p>
      {places.map((place) => (
        <NumberInput
          key={place}
          label={words.places[place]}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          clampBehavior="strict"
          value={percent[place]}
          onChange={(value) => setPercent({ ...percent, [place]: typeof value === 'number' ? value : 0 })}
        />
      ))}
      <p className={sum === 100 ? 'meta' : 'warn'} aria-live="polite">
        {words.ownSum(written(sum))}
      </p>
    </Dialog>
  );
}
