import { Button } from './kit/controls.tsx';
import { client } from './kit/client.ts';
import { useMessages } from './kit/locale.tsx';
import { PlainPage } from './kit/plain-page.tsx';
import { chooseWorkspace } from './kit/workspace-choice.ts';
import { en, zh } from './messages.ts';

/** A member whose chosen workspace is gone, or who has none. */
export function NoWorkspace({ workspaces }: { workspaces: { id: string; name: string }[] }) {
  const words = useMessages({ en, zh }).noWorkspace;
  const open = (id: string) => {
    chooseWorkspace(id);
    location.assign('/');
  };
  const leave = async () => {
    await client.sessions.delete({});
    chooseWorkspace(null);
    location.assign('/sign-in');
  };
  return (
    <PlainPage title={words.title}>
      <div className="state">
        <p className="lead">{workspaces.length > 0 ? words.gone : words.none}</p>
        {workspaces.map(({ id, name }) => (
          <Button key={id} onClick={() => open(id)}>
            {words.open(name)}
          </Button>
        ))}
        <Button kind="quiet" onClick={() => void leave()}>
          {words.signOut}
        </Button>
      </div>
    </PlainPage>
  );
}
