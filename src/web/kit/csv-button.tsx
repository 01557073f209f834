import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from './controls.tsx';
import { saveText } from './export-file.ts';
import { useQuestionWords } from './questions/words.ts';
import { toastFailure } from './toast.tsx';

export type CsvFile = () => Promise<{ fileName: string; csv: string }>;

/** A table as a file, by its export operation; it stands beside the table. */
export function CsvButton({ file }: { file: CsvFile }) {
  const words = useQuestionWords();
  const save = useMutation({ mutationFn: file, onSuccess: ({ fileName, csv }) => saveText(fileName, csv), onError: toastFailure });
  return (
    <Button size="small" icon={Download} pending={save.isPending} onClick={() => save.mutate()}>
      {words.tableCsv}
    </Button>
  );
}
