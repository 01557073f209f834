import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Download, Link2, Printer } from 'lucide-react';
import { useAddress } from '../../web/kit/address.ts';
import { LaunchTabs } from '../../launch/launches/frame.tsx';
import { api, client } from '../../web/kit/client.ts';
import { Button } from '../../web/kit/controls.tsx';
import { saveBlob } from '../../web/kit/export-file.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useLocale, useMessages } from '../../web/kit/locale.tsx';
import { Page } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { toast, toastFailure } from '../../web/kit/toast.tsx';
import { AdoptionChart } from './charts/chart.tsx';
import { en, zh } from './messages.ts';
import { Report } from './report.tsx';
import { RowsDrawer } from './rows/drawer.tsx';
import { type FigureAsked, figureAsked } from './schema.ts';
import { Snapshots } from './snapshots/section.tsx';
import type { View } from './view.tsx';

/** The opened figure stands in the address, so that a link opens it too: "figure=funnel&step=won". */
const toAddress = (asked: FigureAsked): string =>
  new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();

const fromAddress = (text: string | undefined): FigureAsked | null => {
  if (!text) return null;
  const parsed = figureAsked.safeParse(Object.fromEntries(new URLSearchParams(text)));
  return parsed.success ? parsed.data : null;
};

function Actions({ launch }: { launch: string }) {
  const words = useMessages({ en, zh });
  const { locale } = useLocale();
  const file = useMutation({
    mutationFn: () => client.landingReports.document({ launch, locale }),
    onSuccess: ({ fileName, html }) => saveBlob(fileName, new Blob([html], { type: 'text/html' })),
    onError: toastFailure,
  });
  const copy = () => void navigator.clipboard.writeText(location.href).then(() => toast({ text: words.copied }), toastFailure);
  return (
    <>
      <Button icon={Link2} onClick={copy}>
        {words.share}
      </Button>
      <Button icon={Printer} onClick={() => print()}>
        {words.print}
      </Button>
      <Button icon={Download} pending={file.isPending} onClick={() => file.mutate()}>
        {words.document}
      </Button>
    </>
  );
}

const link: View['link'] = (to, search, children) => (
  <Link to={to} search={search}>
    {children}
  </Link>
);

const pageNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function LandingReportPage() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { launch = '' }: { launch?: string } = useParams({ strict: false });
  const [opened, setOpened] = useAddress('open');
  const answer = useQuery(api.landingReports.get.queryOptions({ input: { launch } }));
  const name = answer.data?.launch.name ?? launch;
  const crumbs = [
    { label: words.crumbs.launches, to: '/launches' },
    { label: name, to: `/launches/${launch}` },
  ];
  return (
    <Page title={words.title} crumbs={crumbs} actions={answer.data ? <Actions launch={launch} /> : null}>
      <Answer of={answer} what={words.reading} lines={['82%', '74%', '40%', '100%', '100%', '100%']}>
        {(report) => {
          const chart = <AdoptionChart report={report} words={words} format={format} />;
          return (
            <>
              <LaunchTabs launch={report.launch} tab="report" />
              <Report nonce={pageNonce()} view={{ report, words, format, chart, link, onOpen: (asked) => setOpened(toAddress(asked)) }} />
              <Snapshots report={report} words={words} />
            </>
          );
        }}
      </Answer>
      <RowsDrawer launch={launch} asked={fromAddress(opened)} words={words} onClose={() => setOpened(undefined)} />
    </Page>
  );
}
