import { useFormat } from '../../web/kit/format-context.tsx';
import { useAddress } from '../../web/kit/address.ts';
import { Figure, Segmented, TextButton } from '../../web/kit/controls.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import { Beside, HoldoutCell, saidText } from './beside.tsx';
import { figureOf, type Figures } from './figures.ts';
import { type CreditRowsAsked, type Credits, type CreditsAsked } from './schema.ts';

export type Behind = Pick<CreditRowsAsked, 'which' | 'channel'>;
type AnswerProps = { answer: Credits; by: CreditsAsked['by']; onOpen: (behind: Behind) => void };
type One = Credits['channels'][number];
type Words = typeof en;
type Format = ReturnType<typeof useFormat>;

/** Every model in one table, what stands beside them, and what no model explains. */
export function CreditsAnswer(props: AnswerProps) {
  return (
    <>
      <Models {...props} />
      <BesideModels {...props} />
      <Unexplained {...props} />
    </>
  );
}

const chanceSaid = ({ chance }: One, words: Words, format: Format): string => {
  if (!chance) return '–';
  if (chance.p > 0.05) return words.asChance;
  const p = format.number(chance.p, { digits: 3 });
  return chance.converted > chance.expected ? words.more(p) : words.less(p);
};

const rankSaid = ({ rank }: One, words: Words, format: Format) => (rank ? words.rankOf(...rankTexts(rank, format)) : '–');
const rankTexts = ({ rank, low, high }: NonNullable<One['rank']>, { number }: Format) => [number(rank), number(low), number(high)] as const;

/** What people name or a lot was drawn for, and no touch carries: it has a row of its own, without any credit. */
const rowsOf = ({ channels, said, holdouts }: Credits): One[] => {
  const bare = (channel: string, own: One['said'] = null): One => ({
    channel,
    credits: {},
    lowest: 0,
    highest: 0,
    removal: null,
    rank: null,
    chance: null,
    said: own,
  });
  const named = said.untouched.map(({ channel, ...own }) => bare(channel, own));
  const known = new Set([...channels, ...named].map(({ channel }) => channel));
  return [...channels, ...named, ...holdouts.filter(({ name }) => !known.has(name)).map(({ name }) => bare(name))];
};
const isUntouched = ({ credits }: One) => Object.keys(credits).length === 0;

function channelColumn({ answer, by, onOpen }: AnswerProps, words: Words): Column<One> {
  const name = ({ channel }: One) => channel || words.notNamed;
  return {
    key: 'channel',
    head: words.channel[by],
    sort: name,
    cell: (one) =>
      isUntouched(one) ? (
        <>
          {name(one)}
          <div className="meta">{words.untouched}</div>
        </>
      ) : answer.source === 'deals' ? (
        <TextButton onClick={() => onOpen({ which: 'explained', channel: one.channel })}>{name(one)}</TextButton>
      ) : (
        name(one)
      ),
  };
}

function modelColumns(props: AnswerProps, figures: Figures, words: Words, format: Format): Column<One>[] {
  const { answer } = props;
  const able = answer.models.filter(({ refused }) => refused === null);
  return [
    channelColumn(props, words),
    ...able.map(({ model }): Column<One> => ({
      key: model,
      head: words.models[model],
      number: true,
      sort: ({ credits }) => credits[model]?.share,
      cell: ({ credits }) => {
        if (!credits[model]) return '–';
        const said = figureOf[figures](credits[model], answer, format);
        return model === answer.model ? <b className="strong">{said}</b> : said;
      },
    })),
    {
      key: 'removal',
      head: words.removal,
      number: true,
      sort: ({ removal }) => removal,
      cell: ({ removal }) => (removal === null ? '–' : format.share(removal, { digits: 2 })),
    },
  ];
}

function besideColumns(props: AnswerProps, words: Words, format: Format): Column<One>[] {
  const { answer } = props;
  return [
    channelColumn(props, words),
    {
      key: 'spread',
      head: words.ofModels,
      number: true,
      sort: ({ highest }) => highest,
      cell: (one) =>
        isUntouched(one) ? '–' : format.range(format.share(one.lowest, { digits: 0 }), format.share(one.highest, { digits: 0 })),
    },
    {
      key: 'said',
      head: words.said,
      number: true,
      sort: ({ said }) => said?.share,
      cell: ({ said }) => (said ? saidText(said, answer.said.answers, format) : answer.said.why ? '–' : words.nobodySaid),
    },
    {
      key: 'holdout',
      head: words.holdout,
      cell: ({ channel }) => {
        const holdout = answer.holdouts.find((one) => one.name === channel);
        return holdout ? <HoldoutCell holdout={holdout} /> : words.noneHeld;
      },
    },
    { key: 'rank', head: words.rank, number: true, cell: (one) => rankSaid(one, words, format), sort: ({ rank }) => rank?.rank },
    { key: 'chance', head: words.chance, cell: (one) => chanceSaid(one, words, format), sort: ({ chance }) => chance?.p },
  ];
}

function Models(props: AnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { answer } = props;
  const [given, setFigures] = useAddress('figures');
  const figures = given !== undefined && given in figureOf ? (given as Figures) : 'share';
  const refused = answer.models.flatMap(({ model, refused: why }) => (why ? [`${words.models[model]} ${words.refused[why]}`] : []));
  const partial = answer.models
    .filter(({ refused: why, conversions }) => why === null && conversions < answer.explained - 1e-6)
    .map(({ model, conversions }) => words.partial(words.models[model], format.number(conversions), format.number(answer.explained)));
  return (
    <Section
      title={words.tableTitle}
      subtitle={words.tableSub[figures](`${format.number(answer.explained)} ${words.unit}`)}
      actions={
        <Segmented
          label={words.figuresLabel}
          name="figures"
          value={figures}
          choices={(Object.keys(figureOf) as Figures[]).map((value) => ({ value, label: words.figures[value] }))}
          onChange={setFigures}
        />
      }
    >
      <Table
        label={words.tableTitle}
        size="compact"
        rows={answer.channels}
        rowKey={({ channel }) => channel}
        columns={modelColumns(props, figures, words, format)}
      />
      <p className="meta">
        {[
          ...(refused.length > 0 ? [words.refusedLine(format.list(refused))] : []),
          ...partial,
          words.nulls(format.number(answer.nulls)),
        ].join(' ')}
      </p>
    </Section>
  );
}

/** How firmly each name stands, and what is no model: what people say themselves, and what a lot says. */
function BesideModels(props: AnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { answer } = props;
  return (
    <Section title={words.besideTitle} subtitle={words.besideSub}>
      <Table
        label={words.besideTitle}
        size="compact"
        rows={rowsOf(answer)}
        rowKey={({ channel }) => channel}
        columns={besideColumns(props, words, format)}
      />
      <p className="meta">
        {words.chanceNote} {answer.explained < 20 ? words.rankNote : ''}
      </p>
      <Beside answer={answer} by={props.by} />
    </Section>
  );
}

function Unexplained({ answer, onOpen }: AnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { unexplained, currencies, own, undated } = answer;
  const left = answer.conversions - answer.explained;
  const rows = [
    { which: 'explained', count: answer.explained },
    { which: 'untouched', count: unexplained.untouched },
    { which: 'too_early', count: unexplained.tooEarly },
    { which: 'without_owner', count: unexplained.withoutOwner },
  ] as const;
  const count = format.number(answer.conversions);
  const open = (which: (typeof rows)[number]['which'], value: number) =>
    answer.source === 'deals' && value > 0 ? (
      <Figure label={words.open} onOpen={() => onOpen({ which, channel: null })}>
        {format.number(value)}
      </Figure>
    ) : (
      format.number(value)
    );
  return (
    <Section
      title={left > 0 ? words.unexplainedTitle(format.number(left), count) : words.allExplained(count)}
      subtitle={words.unexplainedSub}
    >
      <Table
        label={words.reason}
        size="compact"
        rows={[...rows]}
        rowKey={({ which }) => which}
        columns={[
          { key: 'which', head: words.reason, cell: ({ which }) => words.reasons[which] },
          { key: 'count', head: words.count, number: true, cell: ({ which, count: value }) => open(which, value) },
        ]}
      />
      {answer.source === 'deals' ? (
        <p className="meta">
          {own.isReconciled ? words.reconciled(format.number(own.conversions)) : <b className="warn">{words.notReconciled}</b>}{' '}
          {currencies
            .map(({ currency, value, explainedValue }) =>
              words.money(format.money(explainedValue, { currency, exact: true }), format.money(value, { currency, exact: true })),
            )
            .join(' ')}
          {undated > 0 ? ` ${words.undated(format.number(undated))}` : ''}
        </p>
      ) : null}
    </Section>
  );
}
