import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useEffect } from 'react';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { useRead } from '../../lib/use-route.ts';
import { OccurrenceStrip } from './occurrence-strip.tsx';
import { OccurrenceTable } from './occurrence-table.tsx';

const SHOWN = 60;

/** What became of a job's last occurrences, and the next ones. Read again when the job has changed, not by the clock. */
export const JobOccurrences = ({ job }: { readonly job: SparkJobView }) => {
  const { identifier, timeout, modifiedAt } = job;
  const query = useRead('listOccurrences', { identifier, limit: SHOWN }, { staleTime: 60_000 });
  const { data, refetch } = query;
  const outdatedBy = data !== undefined && data.modifiedAt < modifiedAt ? modifiedAt : null;
  useEffect(() => {
    if (outdatedBy !== null) void refetch();
  }, [outdatedBy, refetch]);
  return (
    <Container header={<Header variant="h2">Occurrences</Header>}>
      <Loaded query={query} what="the occurrences">
        {({ items, upcoming }) => (
          <>
            {items.length + upcoming.length === 0 ? (
              <Box color="text-body-secondary">
                The schedule has no occurrences: none were due, and none are to come.
              </Box>
            ) : (
              <OccurrenceStrip identifier={identifier} items={items} upcoming={upcoming} timeout={timeout} />
            )}
            {upcoming.length > 0 && (
              <Box fontSize="body-s" margin={{ top: 'xs' }}>
                Next:{' '}
                {upcoming.map((at, index) => (
                  <span key={at}>
                    {index > 0 && ' · '}
                    <Moment at={at} />
                  </span>
                ))}
              </Box>
            )}
            {items.length > 0 && <OccurrenceTable identifier={identifier} items={items} />}
          </>
        )}
      </Loaded>
    </Container>
  );
};
