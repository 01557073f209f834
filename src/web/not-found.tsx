import { ButtonLink } from './kit/controls.tsx';
import { PlainPage } from './kit/plain-page.tsx';
import { useKitWords } from './kit/words.ts';

export function NotFound() {
  const words = useKitWords();
  return (
    <PlainPage title={words.notFound.title}>
      <div className="state">
        <p className="lead">{words.notFound.text}</p>
        <ButtonLink to="/" kind="primary">
          {words.notFound.home}
        </ButtonLink>
      </div>
    </PlainPage>
  );
}
