import { Menu } from '@mantine/core';
import { Check, ChevronDown } from 'lucide-react';
import { Icon } from './controls.tsx';
import { Logo } from './logo.tsx';
import { useSession } from './session.tsx';
import { useWorkspaceActions } from './session-actions.ts';
import { useKitWords } from './words.ts';

export function WorkspaceMenu() {
  const words = useKitWords();
  const { workspace, workspaces } = useSession();
  const { switchTo } = useWorkspaceActions();
  if (workspaces.length < 2) {
    return (
      <div className="ws">
        <Logo />
        <span>{workspace.name}</span>
      </div>
    );
  }
  return (
    <Menu width={192} position="bottom-start">
      <Menu.Target>
        <button type="button" className="ws" title={words.workspaceMenu.label}>
          <Logo />
          <span>{workspace.name}</span>
          <span className="cv">
            <Icon of={ChevronDown} size={14} />
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.workspaceMenu.label}</Menu.Label>
        {workspaces.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => switchTo(id)} rightSection={id === workspace.id ? <Icon of={Check} size={14} /> : null}>
            {name}
            {id === workspace.id ? <span className="vh"> ({words.workspaceMenu.current})</span> : null}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
