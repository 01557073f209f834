import { Button } from './kit/controls.tsx';
import { useFrame } from './kit/frame-context.ts';
import { Page, PageHead } from './kit/page.tsx';
import { PlainPage } from './kit/plain-page.tsx';
import { useKitWords } from './kit/words.ts';

/** What the reader sees when a page throws; the frame around it goes on. The error itself goes to the console. */
export function Broken() {
  const words = useKitWords().broken;
  const { inFrame } = useFrame();
  const what = (
    <div className="state" role="alert">
      <p className="lead">{words.text}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </div>
  );
  if (!inFrame) return <PlainPage title={words.title}>{what}</PlainPage>;
  return (
    <Page title={words.title}>
      <PageHead title={words.title} />
      {what}
    </Page>
  );
}
