import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  /** Another page tries again. */
  readonly page: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly page: string;
  readonly error: Error | null;
}

/** What Chromium, Firefox and Safari say of a script that was asked for later and did not come. */
const wasNotLoaded = ({ message }: Error): boolean => /dynamically imported module|module script/i.test(message);

/** The 500 page: a fault in a page's own script, or a page's script that could not be loaded. */
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
      <Box textAlign="center" padding={{ vertical: 'xxxl' }}>
        <title>Something went wrong · ATMO</title>
        <SpaceBetween size="m">
          <Box variant="h1">Something went wrong</Box>
          <Box variant="p" color="text-body-secondary">
            {wasNotLoaded(this.state.error)
              ? 'A part of this page could not be loaded. You may be offline, or a newer version of ATMO is out.'
              : `This page failed to show (${this.state.error.message}). Nothing you did is lost on the server.`}
          </Box>
          <Button variant="primary" onClick={() => location.reload()}>
            Reload the page
          </Button>
        </SpaceBetween>
      </Box>
    );
  }
}
