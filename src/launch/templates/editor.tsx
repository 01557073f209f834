import '../../web/kit/styles/matrix.css';
import '../../web/kit/styles/templates.css';
import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { mergeFields } from '../../web/kit/merging.ts';
import { Page, PageHead } from '../../web/kit/page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { useUnsaved } from '../../web/kit/unsaved.ts';
import { AboutFields } from './about-fields.tsx';
import { TemplateClash } from './clash.tsx';
import { contentOf, type Draft, draftOf, flatten, unflatten } from './draft.ts';
import { GateEditor } from './gate-editor.tsx';
import { ItemEditor } from './item-editor.tsx';
import { en, zh } from './messages.ts';
import { useTemplate } from './pages.tsx';
import type { Template } from './schema.ts';

export function EditTemplate() {
  const words = useMessages({ en, zh });
  const answer = useTemplate();
  const list = { label: words.title, to: '/templates' };
  return (
    <Page title={words.change} crumbs={answer.data ? [list, { label: answer.data.name, to: `/templates/${answer.data.key}` }] : [list]}>
      <Answer of={answer} what={words.readingOne}>
        {(template) => <Editor key={template.key} template={template} />}
      </Answer>
    </Page>
  );
}

/** Sends the draft as a new version; when somebody else was faster, theirs waits beside it. */
function useSave(template: Template) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [base, setBase] = useState(template);
  const [begun, setBegun] = useState(() => draftOf(template));
  const [draft, setDraft] = useState(begun);
  const [theirs, setTheirs] = useState<Template | null>(null);
  const save = useMutation(
    api.templates.save.mutationOptions({
      onSuccess: async (saved) => {
        await queries.invalidateQueries({ queryKey: api.templates.key() });
        toast({ text: words.edit.savedAs(saved.name, saved.version) });
        await navigate({ to: '/templates/$template', params: { template: saved.key } });
      },
      onError: (error) => setTheirs((toFailure(error).details as { current?: Template | null } | undefined)?.current ?? null),
    }),
  );
  useUnsaved(draft !== begun && !save.isPending);
  const goOn = (now: Template, next: Draft, isMine: boolean) => {
    setBase(now);
    setDraft(next);
    if (!isMine) setBegun(next);
    setTheirs(null);
    save.reset();
  };
  return {
    base,
    draft,
    setDraft,
    theirs,
    failure: save.error ? toFailure(save.error) : null,
    isPending: save.isPending,
    send: () => save.mutate({ template: base.key, locale, name: draft.name, content: contentOf(draft), version: base.version }),
    keepMine: (now: Template) =>
      goOn(now, unflatten(mergeFields(flatten(draftOf(base)), flatten(draft), flatten(draftOf(now))), draft.items), true),
    takeTheirs: (now: Template) => goOn(now, draftOf(now), false),
  };
}

function Editor({ template }: { template: Template }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const { base, draft, setDraft, theirs, failure, isPending, send, keepMine, takeTheirs } = useSave(template);
  const fault = !draft.name.trim() ? words.nameNeeded : draft.items.some(({ name }) => !name.trim()) ? words.edit.itemNameNeeded : null;
  const change = (fields: Partial<Draft>) => setDraft((old) => ({ ...old, ...fields }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) send();
      }}
    >
      <PageHead title={words.edit.title(base.name)} note={base.isUsual ? words.edit.usualNote : words.edit.note} />
      <AboutFields draft={draft} onChange={change} />
      <ItemEditor items={draft.items} onChange={(next) => setDraft((old) => ({ ...old, items: next(old.items) }))} />
      <GateEditor gates={draft.gates} onChange={(gates) => change({ gates })} />
      <div className="save-bar">
        {theirs ? (
          <TemplateClash
            message={words.clash}
            before={draftOf(base)}
            now={draftOf(theirs)}
            onKeep={() => keepMine(theirs)}
            onTake={() => takeTheirs(theirs)}
          />
        ) : failure ? (
          <Notice tone="bad">{failure.message}</Notice>
        ) : null}
        {fault ? <p className="bad">{fault}</p> : null}
        <div className="row">
          <Button type="submit" kind="primary" pending={isPending} disabled={fault !== null || theirs !== null}>
            {words.edit.save(base.version + 1)}
          </Button>
          <Button onClick={() => void navigate({ to: '/templates/$template', params: { template: base.key } })}>{words.cancel}</Button>
        </div>
      </div>
    </form>
  );
}
