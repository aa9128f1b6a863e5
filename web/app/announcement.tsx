import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import { lazy, Suspense } from 'react';

import { useMe } from '../lib/me.ts';

const TYPES = { success: 'success', info: 'info', warning: 'warning', danger: 'error' } as const satisfies Record<
  string,
  AlertProps.Type
>;

const Markdown = lazy(() => import('../components/markdown.tsx'));

/** The admins' announcement to all users. */
export const Announcement = () => {
  const { announcement } = useMe();
  if (announcement === null) return null;
  const { style, title, content, isMarkdown } = announcement;
  return (
    <Alert type={TYPES[style]} header={title}>
      {isMarkdown ? (
        <Suspense fallback={content}>
          <Markdown text={content} />
        </Suspense>
      ) : (
        content
      )}
    </Alert>
  );
};
