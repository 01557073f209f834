import { Link } from '@tanstack/react-router';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import type { Launch } from '../launches/schema.ts';
import { en, zh } from './messages.ts';
import { Said } from './said.tsx';
import type { Positioning } from './schema.ts';
import { usePositioning, usePositioningVerdict } from './use-positioning.tsx';

/** What a launch says of itself, for the page that shows it as a whole. */
export function PositioningSummary({ launch }: { launch: Launch }) {
  const words = useMessages({ en, zh });
  return (
    <Answer of={usePositioning(launch.key)} what={words.reading}>
      {(positioning) => <Short launch={launch} positioning={positioning} />}
    </Answer>
  );
}

function Short({ launch, positioning: { versions, isWithheld } }: { launch: Launch; positioning: Positioning }) {
  const words = useMessages({ en, zh });
  const verdict = usePositioningVerdict(versions[0]);
  const open = (
    <Link to="/launches/$launch/positioning" params={{ launch: launch.key }}>
      {words.open}
    </Link>
  );
  const said = isWithheld && versions.length === 0 ? words.withheldNone : verdict;
  return (
    <Section title={words.title} subtitle={said} actions={open}>
      {versions[0] ? <Said content={versions[0]} short /> : null}
    </Section>
  );
}
