import { useState } from 'react';
import { Copy } from 'lucide-react';
import { Button, TextButton } from '../controls.tsx';
import { Drawer } from '../drawer.tsx';
import { toast } from '../toast.tsx';
import { useQuestionWords } from './words.ts';

/** The statements behind an answer, to read and to copy. */
export function SqlDrawer({ sql: given }: { sql: string | string[] }) {
  const sql = [given].flat().join(';\n\n');
  const words = useQuestionWords();
  const [open, setOpen] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(sql).then(
      () => toast({ text: words.copied }),
      () => toast({ text: words.notCopied, tone: 'bad' }),
    );
  return (
    <>
      <TextButton onClick={() => setOpen(true)}>{words.showSql}</TextButton>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={words.sqlTitle}
        size="wide"
        actions={
          <Button size="small" icon={Copy} onClick={copy}>
            {words.copy}
          </Button>
        }
      >
        {/* A long statement is scrolled with the keyboard too. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className="sql" tabIndex={0}>
          <code>{sql}</code>
        </pre>
      </Drawer>
    </>
  );
}
