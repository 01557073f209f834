import '../../web/kit/styles/print.css';
import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { api } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { MarkdownText } from '../../web/kit/markdown.tsx';
import { Page } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { useLaunch } from './frame.tsx';
import { en, zh } from './messages.ts';

/** The whole launch on paper: what the Markdown file says, laid out to be printed. */
export function PrintedLaunch() {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const launch = useLaunch().data;
  const key = launch?.key ?? '';
  const answer = useQuery({ ...api.launches.export.queryOptions({ input: { launch: key, locale } }), enabled: key !== '' });
  return (
    <Page
      title={words.print}
      crumbs={[
        { label: words.title, to: '/launches' },
        { label: launch?.name ?? '', to: `/launches/${key}` },
      ]}
      actions={
        <Button kind="primary" icon={Printer} onClick={() => print()}>
          {words.print}
        </Button>
      }
    >
      <Answer of={answer} what={words.readingOne}>
        {({ markdown }) => (
          <article className="printed">
            <MarkdownText text={markdown} />
          </article>
        )}
      </Answer>
    </Page>
  );
}
