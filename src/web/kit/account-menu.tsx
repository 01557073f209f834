import { Menu } from '@mantine/core';
import { setAppearance, useAppearance, type Appearance } from './appearance.ts';
import { Avatar, Key } from './controls.tsx';
import { openKeysDialog } from './keys-control.ts';
import { useLocale } from './locale.tsx';
import { useSession } from './session.tsx';
import { useWorkspaceActions } from './session-actions.ts';
import { useKitWords } from './words.ts';

/** The foot of the sidebar: who is signed in, the theme, the keys, and the other language. */
export function AccountMenu() {
  const words = useKitWords();
  const { member, role } = useSession();
  const { signOut } = useWorkspaceActions();
  return (
    <div className="me">
      <Menu width={200} position="top-start">
        <Menu.Target>
          <button type="button" className="who" title={words.account.label}>
            <Avatar name={member.name} />
            <span>{member.name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {member.email}
            <br />
            {words.role[role] ?? role}
          </Menu.Label>
          <Menu.Divider />
          <ThemeChoices />
          <Menu.Divider />
          <Menu.Item onClick={openKeysDialog} rightSection={<Key>?</Key>}>
            {words.account.keys}
          </Menu.Item>
          <Menu.Item onClick={signOut}>{words.account.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <LanguageButton />
    </div>
  );
}

function ThemeChoices() {
  const words = useKitWords();
  const { chosen } = useAppearance();
  const choices: Appearance[] = ['light', 'dark', 'system'];
  return (
    <>
      <Menu.Label>{words.account.theme}</Menu.Label>
      <Menu.RadioGroup value={chosen} onChange={(choice) => setAppearance(choice as Appearance)}>
        {choices.map((choice) => (
          <Menu.RadioItem key={choice} value={choice}>
            {words.account[choice]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** Names the other language in that language, for those who cannot read this one. */
export function LanguageButton() {
  const words = useKitWords();
  const { locale, setLocale } = useLocale();
  const { saveLocale } = useWorkspaceActions();
  const other = locale === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      className="btn g s lang"
      lang={other === 'zh' ? 'zh-Hans' : 'en'}
      title={words.account.switchLanguage}
      onClick={() => {
        setLocale(other);
        saveLocale(other);
      }}
    >
      {words.account.otherLanguage}
    </button>
  );
}
