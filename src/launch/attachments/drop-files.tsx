import { type DragEvent, useEffect, useRef, useState } from 'react';
import { FileUp } from 'lucide-react';
import { Button } from '../../web/kit/controls.tsx';
import { toFailure } from '../../web/kit/failure.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Progress } from '../../web/kit/progress.tsx';
import { type Sending, sendFile } from '../../web/kit/send-file.ts';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import { type Attachment, largestBytes, largestMegabytes } from './schema.ts';
import { useRefresh } from './use-refresh.tsx';

/** Takes files by drop or by choice, one after the other; what is refused says why, and the others go on. */
export function DropFiles({ deliverable }: { deliverable: string }) {
  const words = useMessages({ en, zh });
  const refresh = useRefresh();
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<Sending<Attachment> | null>(null);
  const [state, setState] = useState<{ name: string; share: number } | null>(null);
  const [refused, setRefused] = useState<string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const refuse = (reason: string) => setRefused((before) => [...before, reason]);
  const sendOne = async (file: File) => {
    if (file.size > largestBytes) return refuse(words.tooLarge(file.name, largestMegabytes));
    if (file.size === 0) return refuse(words.empty(file.name));
    setState({ name: file.name, share: 0 });
    sending.current = sendFile(`/deliverables/${deliverable}/attachments`, file, {}, (share) => setState({ name: file.name, share }));
    try {
      const { name } = await sending.current.done;
      toast({ text: words.added(name) });
    } catch (error) {
      const { code, message } = toFailure(error);
      if (code !== 'cancelled') refuse(message);
    }
    setState(null);
    await refresh();
  };
  const send = async (files: File[]) => {
    setRefused([]);
    for (const file of files) await sendOne(file);
  };
  useEffect(() => {
    // A file that misses the place must not replace the page, and with it what is being written.
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (!state) void send([...event.dataTransfer.files]);
  };
  return (
    <div
      className="drop-files"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {refused.map((reason) => (
        <Notice key={reason} tone="bad">
          {reason}
        </Notice>
      ))}
      {state ? (
        <div className="row">
          <Progress label={words.sending(state.name)} share={state.share} />
          <Button size="small" onClick={() => sending.current?.stop()}>
            {words.stop}
          </Button>
        </div>
      ) : (
        <div className="row">
          <input
            ref={input}
            type="file"
            multiple
            className="vh"
            aria-label={words.add}
            tabIndex={-1}
            onChange={({ currentTarget }) => {
              void send([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
          <Button size="small" icon={FileUp} onClick={() => input.current?.click()}>
            {words.add}
          </Button>
          <span className="meta">{words.drop(largestMegabytes)}</span>
        </div>
      )}
    </div>
  );
}
