import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { ButtonLink } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Columns, Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Owner } from '../charters/owner.tsx';
import { ProgramLinks } from '../tracked-links/section.tsx';
import { ProgramFrame } from './frame.tsx';
import { CostLines, ProgramLink, ProgramMark, ProgramTable, useWhen } from './list.tsx';
import { ProgramMembers } from './members-section.tsx';
import { en, zh } from './messages.ts';
import { RecallOfProgram } from './recall-lines.tsx';
import type { Program } from './schema.ts';

/** One program: what it is, who is on its list, and its links. */
export function ProgramPage() {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  return (
    <ProgramFrame
      tab="overview"
      actions={({ key }) =>
        mayEdit ? (
          <ButtonLink icon={Pencil} to={`/programs/${key}/edit`}>
            {words.edit}
          </ButtonLink>
        ) : null
      }
    >
      {(program) => <OneProgram key={program.id} program={program} />}
    </ProgramFrame>
  );
}

function OneProgram({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const answer = useQuery(api.programs.figures.queryOptions({ input: {} }));
  return (
    <Answer of={answer} what={words.membersReading}>
      {({ figures }) => {
        const own = figures.find((one) => one.program === program.id)!;
        return (
          <>
            <PageHead
              verdict={<Starred text={words.membersHead(program.name, own.members, own.attended)} />}
              note={<ProgramMark of={program} />}
            />
            <Columns split="wide-narrow" ruled>
              <div>
                <ProgramMembers program={program} figures={own} />
                <Parts program={program} />
              </div>
              <div>
                <About program={program} />
              </div>
            </Columns>
            <RecallOfProgram program={program} />
            <ProgramLinks program={program} />
          </>
        );
      }}
    </Answer>
  );
}

function About({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const when = useWhen();
  const { launch, parent, owner, goal, segments, personas, campaigns } = program;
  const items: [string, ReactNode][] = [
    [words.kind, words.kinds[program.kind]],
    [words.when, when(program)],
    [words.actualCost, <CostLines key="cost" program={program} />],
    [words.owner, <Owner key="owner" owner={owner} />],
    ...(launch
      ? [
          [
            words.launch,
            <Link key="launch" to="/launches/$launch" params={{ launch: launch.key }}>
              {launch.name}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(parent ? [[words.parent, <ProgramLink key="parent" to={parent} />] as [string, ReactNode]] : []),
    ...(segments.length > 0 ? [[words.segments, format.list(segments)] as [string, ReactNode]] : []),
    ...(personas.length > 0 ? [[words.personas, format.list(personas)] as [string, ReactNode]] : []),
    ...(goal ? [[words.goal, goal] as [string, ReactNode]] : []),
    [words.campaigns, format.list(campaigns) || <span className="warn">{words.campaignsNone}</span>],
    [words.utm, <code key="utm">{program.utmCampaign}</code>],
  ];
  return <Facts items={items} />;
}

function Parts({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const { data } = useQuery({ ...api.programs.list.queryOptions({ input: {} }), enabled: program.parts > 0 });
  const figures = useQuery(api.programs.figures.queryOptions({ input: {} }));
  const parts = (data?.programs ?? []).filter(({ parent }) => parent?.id === program.id);
  if (parts.length === 0) return null;
  return (
    <Section title={words.parts}>
      <ProgramTable programs={parts} figures={figures.data?.figures} />
    </Section>
  );
}
