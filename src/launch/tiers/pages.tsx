import '../../web/kit/styles/matrix.css';
import '../../web/kit/styles/tiers.css';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page, PageHead, Section } from '../../web/kit/page.tsx';
import { useSession } from '../../web/kit/session.tsx';
import { Answer, PermissionState } from '../../web/kit/states.tsx';
import { Table } from '../../web/kit/table.tsx';
import { draftOf, mostOf } from './draft.ts';
import { en, zh } from './messages.ts';
import { RuleForm } from './rule-form.tsx';
import type { TierRule } from './schema.ts';
import { useCriterionName, usePoints } from './words.tsx';

/** What a tier is made of in this workspace. */
export function TierRulePage() {
  const words = useMessages({ en, zh });
  const points = usePoints();
  const mayChange = ['owner', 'pmm'].includes(useSession().role);
  const answer = useQuery(api.tiers.rule.queryOptions({ input: {} }));
  return (
    <Page title={words.title} crumbs={[{ label: words.settings, to: '/settings/members' }]}>
      <Answer of={answer} what={words.readingRule}>
        {({ rule, version }) => {
          const counting = rule.criteria.filter(({ weight }) => weight > 0).length;
          return (
            <>
              <PageHead verdict={words.ruleHead(counting, points(rule.tier1From), points(rule.tier2From))} note={words.ruleNote} />
              {mayChange ? (
                <RuleForm rule={rule} version={version} />
              ) : (
                <>
                  <PermissionState>{words.readOnly}</PermissionState>
                  <ReadRule rule={rule} />
                </>
              )}
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function ReadRule({ rule }: { rule: TierRule }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const points = usePoints();
  const nameOf = useCriterionName();
  const { criteria } = draftOf(rule);
  return (
    <Section title={words.criteriaTitle}>
      <Table
        label={words.criteriaTitle}
        rows={rule.criteria}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', head: words.criterion, cell: nameOf },
          { key: 'weight', head: words.weight, number: true, cell: ({ weight }) => format.number(weight, { digits: weight % 1 ? 1 : 0 }) },
          { key: 'most', head: words.shareOfAll, number: true, cell: ({ key }) => points(mostOf(criteria, key)) },
        ]}
      />
    </Section>
  );
}
