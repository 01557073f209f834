import { type ReactNode, useRef, useState } from 'react';
import { Radio } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { Button } from './controls.tsx';
import { Dialog } from './drawer.tsx';
import { toFailure } from './failure.ts';
import { readText } from './read-text.ts';
import { Notice } from './states.tsx';
import { useKitWords } from './words.ts';

export type DateOrder = 'month_first' | 'day_first';
export type CsvAsked = { csv: string; dateOrder: DateOrder | null };

type CsvImportProps<Found, Done> = {
  /** What the button, the choice of a file, the dialog, its waiting and its act are called. */
  words: { open: string; choose: string; title: string; reading: string; act: string };
  /** What would come of it; writes nothing. */
  look: (asked: CsvAsked) => Promise<Found>;
  write: (asked: CsvAsked) => Promise<Done>;
  /** Whether what was found can be written. */
  isReady: (found: Found) => boolean;
  /** Whether its dates can be read in two ways; then the reader is asked. */
  isAmbiguous?: (found: Found) => boolean;
  onDone: (done: Done) => Promise<void>;
  small?: boolean;
  wide?: boolean;
  /** What was found, in words. */
  children: (found: Found) => ReactNode;
};

/** Chooses a file of text, says what would come of it, and brings it in. */
export function CsvImport<Found, Done>({
  words,
  look,
  write,
  isReady,
  isAmbiguous,
  onDone,
  small,
  wide,
  children,
}: CsvImportProps<Found, Done>) {
  const kit = useKitWords();
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<CsvAsked | null>(null);
  const looking = useMutation({ mutationFn: look });
  const writing = useMutation({
    mutationFn: write,
    onSuccess: async (done) => {
      setAsked(null);
      await onDone(done);
    },
  });
  const ask = (next: CsvAsked) => {
    setAsked(next);
    writing.reset();
    looking.mutate(next);
  };
  const choose = async (file: File | undefined) => {
    if (file) ask({ csv: readText(await file.arrayBuffer()), dateOrder: null });
  };
  const close = () => setAsked(null);
  const found = looking.data;
  const error = writing.error ?? looking.error;
  const needsOrder = found !== undefined && isAmbiguous?.(found);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className="vh"
        aria-label={words.choose}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          void choose(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <Button size={small ? 'small' : undefined} icon={FileUp} onClick={() => input.current?.click()}>
        {words.open}
      </Button>
      <Dialog
        open={asked !== null}
        onClose={close}
        wide={wide}
        title={words.title}
        actions={
          <>
            <Button onClick={close}>{kit.cancel}</Button>
            <Button
              kind="primary"
              disabled={found === undefined || needsOrder || !isReady(found)}
              pending={writing.isPending}
              onClick={() => asked && writing.mutate(asked)}
            >
              {words.act}
            </Button>
          </>
        }
      >
        {error ? <Notice tone="bad">{toFailure(error).code === 'too_large' ? kit.fileTooLarge : toFailure(error).message}</Notice> : null}
        {looking.isPending ? <p className="ink2">{words.reading}</p> : null}
        {asked && (needsOrder || asked.dateOrder) ? (
          <Radio.Group label={kit.dateOrder.label} value={asked.dateOrder} onChange={(value) => ask({ ...asked, dateOrder: value })}>
            <div className="row">
              <Radio value="day_first" label={kit.dateOrder.day_first} />
              <Radio value="month_first" label={kit.dateOrder.month_first} />
            </div>
          </Radio.Group>
        ) : null}
        {found === undefined ? null : children(found)}
      </Dialog>
    </>
  );
}
