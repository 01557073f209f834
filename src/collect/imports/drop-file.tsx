import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Progress } from '../../web/kit/progress.tsx';
import { type Sending, sendFile } from '../../web/kit/send-file.ts';
import { ErrorState } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';
import type { ImportView } from './schema.ts';

type State = { name: string; share: number } | { error: unknown } | null;

/** Takes a file by drop or by choice and sends it; then the import's own page goes on. */
export function DropFile() {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<Sending<ImportView> | null>(null);
  const [encoding, setEncoding] = useState<string | null>(null);
  const [state, setState] = useState<State>(null);
  const send = (file: File | undefined) => {
    if (!file) return;
    setState({ name: file.name, share: 0 });
    sending.current = sendFile('/imports', file, encoding ? { encoding } : {}, (share) => setState({ name: file.name, share }));
    sending.current.done.then(
      ({ id }) => void navigate({ to: '/imports/$import', params: { import: id } }),
      (error: unknown) => setState(toFailure(error).code === 'cancelled' ? null : { error }),
    );
  };
  const drop = useEffectEvent((event: DragEvent) => {
    event.preventDefault();
    send(event.dataTransfer?.files[0]);
  });
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const dropped = (event: DragEvent) => drop(event);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', dropped);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', dropped);
    };
  }, []);
  if (state && 'name' in state) {
    return (
      <>
        <Progress label={state.share < 1 ? words.sending(state.name) : words.readingRows} share={state.share < 1 ? state.share : null} />
        <div className="actions">
          <Button onClick={() => sending.current?.stop()}>{words.cancel}</Button>
        </div>
      </>
    );
  }
  return (
    <>
      {state ? <ErrorState error={state.error} /> : null}
      <div className="state">
        <p className="lead">{words.drop}</p>
        <input
          ref={input}
          type="file"
          className="vh"
          aria-label={words.choose}
          tabIndex={-1}
          onChange={({ currentTarget }) => send(currentTarget.files?.[0])}
        />
        <div className="actions">
          <Button kind="primary" icon={FileUp} onClick={() => input.current?.click()}>
            {words.choose}
          </Button>
        </div>
      </div>
      <div className="form">
        <Select
          label={words.encoding}
          placeholder={words.encodingAuto}
          clearable
          value={encoding}
          onChange={setEncoding}
          data={Object.entries(words.encodings).map(([value, label]) => ({ value, label }))}
        />
      </div>
    </>
  );
}
