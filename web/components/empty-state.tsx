import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

/** What a list says when it is empty, and what to do about it. */
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
