import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { Breadcrumb, type Crumb } from './breadcrumb.tsx';

/** What is known of a page before it is loaded. */
export interface PageTitle {
  readonly title: string;
  /** The page above this one. */
  readonly parent?: Crumb;
}

interface PageProps extends PageTitle {
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** What the window's title says before the page's, where a tab in the background should tell. */
  readonly tab?: string | undefined;
  /** A status that changes by itself, announced to screen readers. */
  readonly live?: string;
  readonly children: ReactNode;
}

/** A page with its title, in the window and as its heading, and its actions. */
export const Page = ({ title, description, actions, parent, tab, live, children }: PageProps) => (
  <SpaceBetween size="l">
    <title>{`${tab === undefined ? '' : `${tab} · `}${title} · ATMO`}</title>
    <div>
      <Breadcrumb title={title} parent={parent} />
      {live !== undefined && <LiveRegion hidden>{live}</LiveRegion>}
      <Header variant="h1" description={description} actions={actions}>
        <span className="atmo-title">{title}</span>
      </Header>
    </div>
    {children}
  </SpaceBetween>
);
