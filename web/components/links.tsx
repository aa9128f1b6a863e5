import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

interface Target {
  readonly to: string;
  readonly children: ReactNode;
}

/** A link to another page of the portal that does not reload the application. */
export const PageLink = ({ to, children, ...look }: Target & Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'>) => {
  const navigate = useNavigate();
  return (
    <Link
      {...look}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
};

/** The same as a button, for the next thing to do. */
export const PageButton = ({
  to,
  children,
  ...look
}: Target & Pick<ButtonProps, 'variant' | 'iconName' | 'ariaLabel'>) => {
  const navigate = useNavigate();
  return (
    <Button
      {...look}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
};
