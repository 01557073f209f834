import { Button } from './kit/controls.tsx';
import { PlainPage } from './kit/plain-page.tsx';
import { useKitWords } from './kit/words.ts';

/** What the reader sees when a page throws. The error itself goes to the console, not to the reader. */
export function Broken() {
  const words = useKitWords();
  return (
    <PlainPage title={words.broken.title}>
      <div className="state" role="alert">
        <p className="lead">{words.broken.text}</p>
        <Button kind="primary" onClick={() => location.reload()}>
          {words.broken.reload}
        </Button>
      </div>
    </PlainPage>
  );
}
