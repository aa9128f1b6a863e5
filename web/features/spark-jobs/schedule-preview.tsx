import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { Schedule } from '../../../shared/domain/schedule.ts';
import { wallTimeAt } from '../../../shared/domain/time-zone.ts';
import { schedule as scheduleSchema } from '../../lib/contract.ts';
import { utcText } from '../../lib/instant-text.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

interface SchedulePreviewProps {
  readonly schedule: Schedule;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

const RUNS = 5;

const isMoment = (instant: string | null): boolean => instant === null || !Number.isNaN(Date.parse(instant));

const OWN_TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const inZone = (utc: string, timeZone: string): string =>
  new Date(wallTimeAt(Date.parse(utc), timeZone)).toISOString().slice(0, 16).replace('T', ' ');

/** The next runs in UTC and in the schedule's time zone (without one, the person's), with the effects of clock changes. */
export const SchedulePreview = (props: SchedulePreviewProps) => {
  const settled = useSettled(props);
  const isReadable =
    scheduleSchema.safeParse(settled.schedule).success && isMoment(settled.startDate) && isMoment(settled.endDate);
  const { data, error } = useRead(
    'previewSchedule',
    { ...settled, count: RUNS },
    { enabled: isReadable, keepPrevious: true, staleTime: 60_000 },
  );
  const shown = isReadable && error === null ? data : undefined;
  const timeZone = shown === undefined || shown.timeZone === 'UTC' ? OWN_TIME_ZONE : shown.timeZone;
  const hasZone = timeZone !== 'UTC';
  return (
    <Container header={<Header variant="h2">Next runs</Header>}>
      <SpaceBetween size="s">
        <output className="atmo-block">
          {shown === undefined && (
            <Box color="text-body-secondary">{error?.message ?? 'Shown once the schedule is valid.'}</Box>
          )}
          {shown?.occurrences.length === 0 && <Box>This schedule has no future run.</Box>}
          {shown !== undefined && shown.occurrences.length > 0 && (
            <table className="atmo-plain-table">
              <thead>
                <tr>
                  <th scope="col">UTC</th>
                  {hasZone && <th scope="col">{timeZone}</th>}
                </tr>
              </thead>
              <tbody>
                {shown.occurrences.map(({ utc }) => (
                  <tr key={utc}>
                    <td>{utcText(utc)}</td>
                    {hasZone && <td>{inZone(utc, timeZone)}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </output>
        {shown?.warnings.map((warning) => (
          <Alert key={warning} type="warning">
            {warning}
          </Alert>
        ))}
      </SpaceBetween>
    </Container>
  );
};
