import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';

import { errorIdOf } from '../lib/report-errors.ts';
import { DeadEnd } from './dead-end.tsx';

interface ErrorBoundaryProps {
  /** The page's path; a change of page clears the error. */
  readonly page: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly page: string;
  readonly error: Error | null;
}

/** Matches the messages of Chromium, Firefox and Safari for a lazily loaded script that could not be fetched. */
const wasNotLoaded = ({ message }: Error): boolean => /dynamically imported module|module script/i.test(message);

/** The error page: for an exception in a page, or a page script that could not be loaded. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { page: this.props.page, error: null };

  static getDerivedStateFromError(error: Error): Partial<ErrorBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps({ page }: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    return page === state.page ? null : { page, error: null };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <DeadEnd
        status={500}
        title="Something went wrong"
        text={
          wasNotLoaded(this.state.error)
            ? 'Part of this page could not be loaded. You may be offline, or a newer version of ATMO is available.'
            : `This page could not be shown (${this.state.error.message}).`
        }
        errorId={errorIdOf(this.state.error)}
        action={
          <Button variant="primary" onClick={() => location.reload()}>
            Reload the page
          </Button>
        }
      />
    );
  }
}
