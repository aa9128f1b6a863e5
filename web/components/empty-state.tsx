import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

/** The text of an empty list, with the next thing to do. */
export const EmptyState = ({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}) => (
  <Box textAlign="center" margin={{ vertical: 'm' }} color="inherit">
    <SpaceBetween size="s">
      <div>
        <Box variant="strong">{title}</Box>
        {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
      </div>
      {action}
    </SpaceBetween>
  </Box>
);
