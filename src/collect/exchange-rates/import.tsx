import { useQueryClient } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { CsvImport } from '../../web/kit/csv-import.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Notice } from '../../web/kit/states.tsx';
import { toast } from '../../web/kit/toast.tsx';
import { en, zh } from './messages.ts';
import type { ImportedRates } from './schema.ts';

const shownFaults = 8;

/** Chooses a file of rates, says what it would change, and writes it. */
export function ImportRates() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const queries = useQueryClient();
  return (
    <CsvImport
      words={{ open: words.import, choose: words.importChoose, title: words.importTitle, reading: words.importReading, act: words.import }}
      look={({ csv }) => client.exchangeRates.import({ csv, dryRun: true })}
      write={({ csv }) => client.exchangeRates.import({ csv, dryRun: false })}
      isReady={(found) => found.faults.length === 0 && found.created + found.changed > 0}
      onDone={async (done) => {
        await queries.invalidateQueries({ queryKey: api.exchangeRates.key() });
        toast({ text: words.imported(format.number(done.created), format.number(done.changed)) });
      }}
    >
      {(found) => <Found found={found} />}
    </CsvImport>
  );
}

function Found({ found: { created, changed, unchanged, pairs, faults } }: { found: ImportedRates }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const day = (at: string) => format.date(at, { year: true });
  return (
    <div className="stack">
      {faults.length > 0 ? <Notice tone="bad">{words.importFaults(format.number(faults.length))}</Notice> : null}
      <ul>
        {faults.slice(0, shownFaults).map(({ line, message }) => (
          <li key={`${line} ${message}`}>{words.importFault(format.number(line), message)}</li>
        ))}
        {pairs.map(({ from, to, rates, firstDay, lastDay }) => (
          <li key={`${from} ${to}`}>{words.importPair(`${from}/${to}`, format.number(rates), day(firstDay), day(lastDay))}</li>
        ))}
        {created > 0 ? <li>{words.importNew(format.number(created))}</li> : null}
        {changed > 0 ? <li>{words.importChanged(format.number(changed))}</li> : null}
        {unchanged > 0 ? <li>{words.importSame(format.number(unchanged))}</li> : null}
      </ul>
      <p className="ink2">{words.importNote}</p>
    </div>
  );
}
