import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { PageLink } from './links.tsx';

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** The page above this one. */
  readonly parent?: { readonly text: string; readonly to: string };
  /** A status that changes by itself, announced to screen readers. */
  readonly live?: string;
  readonly children: ReactNode;
}

/** A page with its title, in the window and as its heading, and its actions. */
export const Page = ({ title, description, actions, parent, live, children }: PageProps) => (
  <SpaceBetween size="l">
    <title>{`${title} · ATMO`}</title>
    <div>
      {parent !== undefined && (
        <nav aria-label="Breadcrumb" className="atmo-breadcrumb">
          <span aria-hidden="true">‹ </span>
          <PageLink to={parent.to}>{parent.text}</PageLink>
        </nav>
      )}
      {live !== undefined && <LiveRegion hidden>{live}</LiveRegion>}
      <Header variant="h1" description={description} actions={actions}>
        <span className="atmo-title">{title}</span>
      </Header>
    </div>
    {children}
  </SpaceBetween>
);
