import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { Button } from './controls.tsx';

type Props = { label: string; help: string; value: string; copy: string; copied: string };

/** A secret that is shown this once: a key, a link. Selected on focus, copied by a button. */
export function ShownOnce({ label, help, value, copy, copied }: Props) {
  const [done, setDone] = useState(false);
  const take = async () => {
    await navigator.clipboard.writeText(value);
    setDone(true);
  };
  return (
    <div className="form">
      <TextInput
        className="secret"
        label={label}
        description={help}
        readOnly
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <div className="actions">
        <Button kind="primary" icon={done ? Check : Copy} onClick={() => void take()}>
          {done ? copied : copy}
        </Button>
        <output className="vh">{done ? copied : ''}</output>
      </div>
    </div>
  );
}
