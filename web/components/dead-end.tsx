import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

import { useMe } from '../lib/me.ts';
import { CopiedId } from './copied-id.tsx';
import { PageButton, PageLink } from './links.tsx';

interface DeadEndProps {
  readonly status: 403 | 404 | 500;
  readonly title: string;
  readonly text: string;
  /** What may be behind it. By itself that of an object: it was deleted, or can be shared. */
  readonly advice?: string;
  /** Of the answer, or of the report of an error in the page. */
  readonly errorId?: string | null | undefined;
  /** What else may help, before the way to the dashboard. */
  readonly action?: ReactNode;
}

const ADVICE = {
  404: 'It may have been deleted, or it was never shared with you. Press / to search what you can see.',
  403: 'Its owner, or an admin, can share it with you.',
  500: 'What you saved is not affected. If it happens again, give the id below to those who run the portal.',
} as const;

/** A page that cannot be shown: what happened, and the ways on. */
export const DeadEnd = ({ status, title, text, advice = ADVICE[status], errorId, action }: DeadEndProps) => {
  const { helpLinks } = useMe();
  const isDashboard = useLocation().pathname === '/';
  return (
    <Box textAlign="center" padding={{ vertical: 'xxxl' }}>
      <title>{`${title} · ATMO`}</title>
      <SpaceBetween size="m">
        <Box color="text-body-secondary" fontSize="heading-m">
          {status}
        </Box>
        <Box variant="h1">{title}</Box>
        <Box variant="p" color="text-body-secondary">
          {text} {advice}
        </Box>
        {errorId !== undefined && errorId !== null && <CopiedId label="error id" id={errorId} />}
        <div className="atmo-ways-on">
          {action}
          {!isDashboard && (
            <PageButton to="/" variant={action === undefined ? 'primary' : 'normal'}>
              Back to the dashboard
            </PageButton>
          )}
        </div>
        <div className="atmo-ways-on">
          <PageLink to="/clusters">Clusters</PageLink>
          <PageLink to="/sessions">Sessions</PageLink>
          <PageLink to="/spark-jobs">Spark jobs</PageLink>
          {helpLinks.map(({ text: label, url }) => (
            <a key={url} href={url}>
              {label}
            </a>
          ))}
        </div>
      </SpaceBetween>
    </Box>
  );
};
