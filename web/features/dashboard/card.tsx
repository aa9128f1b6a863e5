import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  /** Shown after the title, as in the AWS console. */
  readonly count?: number;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the dashboard. */
export const Card = ({ title, count, description, actions, children }: CardProps) => (
  <section aria-label={title} className="atmo-card">
    <Header
      variant="h2"
      description={description}
      actions={actions}
      {...(count === undefined ? {} : { counter: `(${count})` })}
    >
      {title}
    </Header>
    {children}
  </section>
);
