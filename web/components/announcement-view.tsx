import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import { lazy, Suspense } from 'react';

import type { Announcement } from '../../shared/domain/announcement.ts';

const TYPES = { success: 'success', info: 'info', warning: 'warning', danger: 'error' } as const satisfies Record<
  Announcement['style'],
  AlertProps.Type
>;

const Markdown = lazy(() => import('./markdown.tsx'));

/** An announcement as every page shows it. */
export const AnnouncementView = ({ style, title, content, isMarkdown }: Omit<Announcement, 'isEnabled'>) => (
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
