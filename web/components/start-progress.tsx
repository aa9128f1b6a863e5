import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

import { percentile } from '../../shared/domain/usual-cost.ts';
import { durationText, elapsedText } from '../lib/instant-text.ts';
import { useNow } from '../lib/use-now.ts';
import { AskToBeTold } from './ready-notification.tsx';

interface Started {
  readonly createdAt: string;
  readonly readyAt: string | null;
}

/** Starts that a usual time needs. */
const ENOUGH = 3;

/** Seconds from the launch to ready, the median; null with too few of them. */
export const usualStart = (earlier: readonly Started[]): number | null => {
  const seconds = earlier.flatMap(({ createdAt, readyAt }) =>
    readyAt === null ? [] : [(Date.parse(readyAt) - Date.parse(createdAt)) / 1000],
  );
  return seconds.length < ENOUGH
    ? null
    : percentile(
        seconds.toSorted((a, b) => a - b),
        0.5,
      );
};

interface StartProgressProps {
  readonly since: string;
  /** In their order. */
  readonly stages: readonly string[];
  /** The index of the present one. */
  readonly present: number;
  /** Seconds; null where it is not known. */
  readonly usual: number | null;
}

/** How far the start of a cluster or session is, since when, and how long it usually takes. */
export const StartProgress = ({ since, stages, present, usual }: StartProgressProps) => {
  const now = useNow(1000);
  return (
    <Container header={<Header variant="h2">Getting ready</Header>}>
      <ol className="atmo-stages">
        {stages.map((stage, index) => (
          <li key={stage} {...(index === present ? { 'aria-current': 'step' as const } : {})}>
            <StatusIndicator type={index < present ? 'success' : index === present ? 'in-progress' : 'pending'}>
              {stage}
            </StatusIndicator>
          </li>
        ))}
      </ol>
      <Box color="text-body-secondary" margin={{ bottom: 'xs' }}>
        <div className="atmo-start-words">
          For {elapsedText(since, now)}
          {usual !== null && `, usually ready within ${durationText(usual)}`}. The page follows by itself.
        </div>
      </Box>
      <AskToBeTold />
    </Container>
  );
};
