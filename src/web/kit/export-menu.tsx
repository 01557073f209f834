import { useRef, type RefObject } from 'react';
import { Menu } from '@mantine/core';
import { Download, Image, Link2, Printer, Sheet } from 'lucide-react';
import { Button, Icon } from './controls.tsx';
import { saveBlob, saveText } from './export-file.ts';
import { useQuestionWords } from './questions/words.ts';
import { toast, toastFailure } from './toast.tsx';

type Csv = string | { fileName: string; csv: string };

export type ExportMenuProps = {
  /** Without an ending: "funnel sign-up to handoff". */
  fileName: string;
  /** The text of the table, or an export operation that returns it. */
  csv?: () => Csv | Promise<Csv>;
  /** Stands under the picture: who, what, until when. */
  source?: string;
  /** The charts in here are drawn; the one that the button stands beside if not given. False: there is no picture. */
  within?: RefObject<HTMLElement | null>;
  picture?: boolean;
  print?: boolean;
  keys?: string;
  size?: 'small' | 'usual';
  opened?: boolean;
  onOpened?: (opened: boolean) => void;
};

/** Everything one can take away: the table, the picture, the link, the paper. */
export function ExportMenu(props: ExportMenuProps) {
  const { csv, picture = true, print = true, keys, size, opened, onOpened } = props;
  const words = useQuestionWords();
  const place = useRef<HTMLSpanElement>(null);
  const acts = useActs(props, place);
  const isDark = document.documentElement.dataset.theme === 'dark';
  return (
    <span ref={place}>
      <Menu opened={opened} onChange={onOpened} position="bottom-end">
        <Menu.Target>
          <Button icon={Download} size={size} keys={keys}>
            {words.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {csv ? (
            <Menu.Item leftSection={<Icon of={Sheet} />} onClick={acts.csv}>
              {words.exportCsv}
            </Menu.Item>
          ) : null}
          {picture ? (
            <>
              <Menu.Item leftSection={<Icon of={Image} />} onClick={() => acts.picture('png', 'light')}>
                {words.exportPng}
              </Menu.Item>
              {isDark ? (
                <Menu.Item leftSection={<Icon of={Image} />} onClick={() => acts.picture('png', 'dark')}>
                  {words.exportShown}
                </Menu.Item>
              ) : null}
              <Menu.Item leftSection={<Icon of={Image} />} onClick={() => acts.picture('svg', 'light')}>
                {words.exportSvg}
              </Menu.Item>
            </>
          ) : null}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon of={Link2} />} onClick={acts.link}>
            {words.copyLink}
          </Menu.Item>
          {print ? (
            <Menu.Item leftSection={<Icon of={Printer} />} onClick={() => setTimeout(() => globalThis.print(), 200)}>
              {words.print}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function useActs({ fileName, csv, source, within }: ExportMenuProps, place: RefObject<HTMLElement | null>) {
  const words = useQuestionWords();
  return {
    csv: () =>
      void Promise.resolve()
        .then(() => csv?.() ?? '')
        .then(
          (given) => (typeof given === 'string' ? saveText(`${fileName}.csv`, given) : saveText(given.fileName, given.csv)),
          toastFailure,
        ),
    picture: (kind: 'png' | 'svg', theme: 'light' | 'dark') =>
      void import('./charts/picture.ts')
        .then(({ drawPicture }) =>
          drawPicture({ within: within?.current ?? place.current?.closest('section') ?? document.body, kind, theme, source }),
        )
        .then(
          (blob) => saveBlob(`${fileName}.${kind}`, blob),
          () => toast({ text: words.notDrawn, tone: 'bad' }),
        ),
    link: () =>
      void navigator.clipboard.writeText(location.href).then(
        () => toast({ text: words.linkCopied }),
        () => toast({ text: words.notCopied, tone: 'bad' }),
      ),
  };
}
