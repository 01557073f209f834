import { type ReactNode, useState } from 'react';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { ProgramFrame } from '../../launch/programs/frame.tsx';
import type { Program } from '../../launch/programs/schema.ts';
import { useAddress } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, PageHead, Section } from '../../web/kit/page.tsx';
import { useMayEdit, useSession } from '../../web/kit/session.tsx';
import { Starred } from '../../web/kit/starred.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { Steps, Waves } from './answer.tsx';
import { en, writeReading, writeTarget, writeVerdict, zh } from './messages.ts';
import type { AnsweredWave, RecallSurvey } from './schema.ts';
import { DeleteSurvey, SurveyDialog } from './survey-dialog.tsx';
import { TargetDialog } from './target-dialog.tsx';
import { WaveDialog } from './waves/dialog.tsx';
import { PasteDialog } from './waves/paste-dialog.tsx';

/** Whether people know the brand, before and after a program; a page of the program that is made of another workstream. */
export function RecallPage() {
  return <ProgramFrame tab="recall">{(program) => <Surveys key={program.id} program={program} />}</ProgramFrame>;
}

function Surveys({ program }: { program: Program }) {
  const words = useMessages({ en, zh });
  const mayEdit = useMayEdit();
  const [chosen, setChosen] = useAddress('survey');
  const [isNew, setNew] = useState(false);
  const answer = useQuery(api.recallSurveys.list.queryOptions({ input: { program: program.id } }));
  const create = (kind?: 'primary') =>
    mayEdit ? (
      <Button kind={kind} icon={Plus} onClick={() => setNew(true)}>
        {words.create}
      </Button>
    ) : null;
  return (
    <Answer of={answer} what={words.reading}>
      {({ surveys }) => {
        const shown = surveys.find(({ id }) => id === chosen) ?? surveys[0];
        return (
          <>
            {shown ? (
              <OneSurvey
                key={shown.id}
                program={program}
                survey={shown}
                aside={
                  <span className="row">
                    <Choice surveys={surveys} shown={shown} onChoose={setChosen} />
                    {create()}
                  </span>
                }
              />
            ) : (
              <>
                <PageHead verdict={words.none(program.name)} />
                <EmptyState actions={create('primary')}>{mayEdit ? words.empty : words.emptyRead}</EmptyState>
              </>
            )}
            {isNew ? (
              <SurveyDialog
                program={program}
                survey={null}
                onClose={() => setNew(false)}
                onSaved={({ id }) => {
                  setNew(false);
                  setChosen(id);
                }}
              />
            ) : null}
          </>
        );
      }}
    </Answer>
  );
}

type ChoiceProps = { surveys: RecallSurvey[]; shown: RecallSurvey; onChoose: (id: string) => void };

function Choice({ surveys, shown, onChoose }: ChoiceProps) {
  const words = useMessages({ en, zh });
  if (surveys.length < 2) return null;
  return (
    <Select
      aria-label={words.survey}
      w={260}
      allowDeselect={false}
      data={surveys.map(({ id, question, program }) => ({ value: id, label: `${program.name}: ${question}` }))}
      value={shown.id}
      onChange={(id) => id && onChoose(id)}
    />
  );
}

function OneSurvey({ program, survey, aside }: { program: Program; survey: RecallSurvey; aside: ReactNode }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const [open, setOpen] = useState<'edit' | 'target' | 'enter' | 'paste' | AnsweredWave | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <PageHead verdict={<Starred text={writeVerdict(survey, words, format)} />} note={writeReading(survey, words)} aside={aside} />
      <Waves
        survey={survey}
        onCorrect={mayEdit ? setOpen : null}
        actions={
          mayEdit ? (
            <>
              <Button size="small" onClick={() => setOpen('enter')}>
                {words.enter}
              </Button>
              <Button size="small" onClick={() => setOpen('paste')}>
                {words.paste}
              </Button>
            </>
          ) : null
        }
      />
      <Steps survey={survey} />
      <Caveats survey={survey} />
      <HowAsked survey={survey} onEdit={() => setOpen('edit')} onRegister={() => setOpen('target')} />
      {open === 'edit' ? <SurveyDialog program={program} survey={survey} onClose={close} onSaved={close} /> : null}
      {open === 'target' ? <TargetDialog survey={survey} onClose={close} /> : null}
      {open === 'paste' ? <PasteDialog survey={survey} onClose={close} /> : null}
      {open === 'enter' ? <WaveDialog survey={survey} wave={null} onClose={close} /> : null}
      {open && typeof open === 'object' ? <WaveDialog survey={survey} wave={open} onClose={close} /> : null}
    </>
  );
}

function Caveats({ survey: { caveats } }: { survey: RecallSurvey }) {
  const words = useMessages({ en, zh });
  return (
    <Section title={words.caveatsTitle}>
      {caveats.map((caveat) => (
        <p key={caveat} className="prose">
          {words.caveats[caveat]}
        </p>
      ))}
      <p className="prose">{words.apart}</p>
    </Section>
  );
}

type HowProps = { survey: RecallSurvey; onEdit: () => void; onRegister: () => void };

function HowAsked({ survey, onEdit, onRegister }: HowProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const mayEdit = useMayEdit();
  const { role } = useSession();
  const { question, prompt, askedOf, exposure, lot, samePeople, target, waves } = survey;
  const mayRegister = (role === 'owner' || role === 'pmm') && !waves.some(({ moment }) => moment === 'after');
  const items: [string, ReactNode][] = [
    [words.question, question],
    [words.prompt, words.prompts[prompt]],
    [words.askedOf, askedOf],
    [words.people, samePeople ? words.peopleSame : words.peopleFresh],
    [words.exposure, exposure],
    [words.lot, words.lots[lot]],
    [
      words.target,
      target ? (
        <>
          {words.targetOf[target.measure](writeTarget(target, format))}
          <div className="meta">{words.registered(format.date(target.at), target.by)}</div>
        </>
      ) : (
        <span className="ink2">{words.targetNone}</span>
      ),
    ],
  ];
  return (
    <Section
      title={words.how}
      actions={
        <span className="row">
          {target || !mayRegister ? null : (
            <Button size="small" onClick={onRegister}>
              {words.register}
            </Button>
          )}
          {target || !mayEdit ? null : (
            <Button size="small" onClick={onEdit}>
              {words.edit}
            </Button>
          )}
          <DeleteSurvey survey={survey} />
        </span>
      }
    >
      <Facts items={items} />
    </Section>
  );
}
