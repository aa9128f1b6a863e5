import type { ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';
import { MenuButton, useActionMenu } from './row-menu.tsx';

interface PageActionsProps {
  /** Names what they act on. */
  readonly of: string;
  /** What is done less often: before the others, and on phones in a menu behind them. */
  readonly more: ReactNode;
  readonly children?: ReactNode;
}

/** What can be done with the object of a page: on phones in one line. A dialog stays open when a phone is turned. */
export const PageActions = ({ of, more, children }: PageActionsProps) => {
  const isNarrow = useNarrow();
  const { button, menu } = useActionMenu(of);
  return (
    <div className="atmo-actions">
      <fieldset {...(isNarrow ? menu : { className: 'atmo-more-actions' })}>
        <div className="atmo-actions">{more}</div>
      </fieldset>
      {children}
      {isNarrow && <MenuButton {...button} />}
    </div>
  );
};
