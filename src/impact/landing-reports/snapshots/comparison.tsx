import { useQuery } from '@tanstack/react-query';
import { api } from '../../../web/kit/client.ts';
import { Drawer } from '../../../web/kit/drawer.tsx';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { Section } from '../../../web/kit/page.tsx';
import { Answer } from '../../../web/kit/states.tsx';
import { Table } from '../../../web/kit/table.tsx';
import type { Words } from '../messages.ts';
import { ruleOf } from '../findings.ts';
import { isSameFigure } from './compare.ts';
import { causeName, figureInWords, lineName } from './notes.ts';
import type { SnapshotComparison } from './schema.ts';

type DrawerProps = { launch: string; day: number; words: Words; onClose: () => void };

/** The same day counted again, beside what was kept: what differs, and what has changed since. */
export function ComparisonDrawer({ launch, day, words, onClose }: DrawerProps) {
  const format = useFormat();
  const said = words.snapshots;
  const answer = useQuery(api.landingReports.compareSnapshot.queryOptions({ input: { launch, day } }));
  const made = answer.data && said.since(format.dateTime(answer.data.madeAt));
  return (
    <Drawer open onClose={onClose} title={said.compareTitle(day)} subtitle={made} size="wide">
      <Answer of={answer} what={said.counting}>
        {(compared) => <Compared compared={compared} words={words} />}
      </Answer>
    </Drawer>
  );
}

type Line = SnapshotComparison['figures'][number];

function Compared({ compared, words }: { compared: SnapshotComparison; words: Words }) {
  const format = useFormat();
  const said = words.snapshots;
  const { figures, causes, differs, differsByDefinition, definitions } = compared;
  const { ruleWords } = ruleOf({ words });
  const count = figures.filter(({ before, now }) => !isSameFigure(before, now)).length;
  const write = (figure: Line['before']) => (figure === null ? said.absent : figureInWords(figure, words, format));
  const nameOf = (line: Line) => lineName(line, words);
  return (
    <>
      <p className={differs ? 'strong' : 'ink2'}>{differs ? said.differs(count) : said.same}</p>
      {differsByDefinition ? (
        <p className="strong">{said.byDefinition(figures.filter(({ now, newest }) => !isSameFigure(now, newest)).length)}</p>
      ) : null}
      {figures.length > 0 ? (
        <Table
          label={said.figure}
          rows={figures}
          rowKey={(line) => `${line.figure} ${line.name} ${line.day}`}
          columns={[
            { key: 'figure', head: said.figure, cell: (line) => nameOf(line) },
            { key: 'before', head: said.before, cell: ({ before }) => write(before) },
            { key: 'now', head: said.now, cell: ({ now }) => write(now) },
            ...(definitions.length > 0 ? [{ key: 'newest', head: said.newest, cell: ({ newest }: Line) => write(newest) }] : []),
          ]}
        />
      ) : null}
      {definitions.length > 0 ? (
        <Section title={said.definitions} ruled>
          <Table
            label={said.definitions}
            rows={definitions}
            rowKey={({ id, version }) => `${id} ${version}`}
            size="tall"
            columns={[
              {
                key: 'name',
                head: said.definition,
                cell: ({ name, changed, by, at }) => (
                  <>
                    {name}
                    <span className="meta">{said.changedBy(changed, by, format.date(at, { year: true }))}</span>
                  </>
                ),
              },
              { key: 'before', head: said.before, cell: ({ version, rule }) => said.version(version, ruleWords(rule)) },
              { key: 'now', head: said.now, cell: ({ newest: { version, rule } }) => said.version(version, ruleWords(rule)) },
            ]}
          />
        </Section>
      ) : null}
      <Section title={differs ? said.why : said.changedSince} ruled>
        {causes.length === 0 ? (
          <p className="meta">{differs ? said.unexplained : said.nothing}</p>
        ) : (
          <ul className="causes">
            {causes.map(({ cause, name, at, batch }) => (
              <li key={`${cause} ${name} ${at} ${batch}`}>
                {said.causes[cause](causeName(cause, name, batch, words), at ? format.date(at, { year: true }) : null)}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
