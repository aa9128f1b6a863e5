import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation } from 'react-router';

import { urlOf } from '../lib/api.ts';
import icon from './icon.svg';

/** Shown to people who are not signed in; after sign-in they return to the page they asked for. */
export const SignInPage = () => {
  const { pathname, search } = useLocation();
  return (
    <main className="atmo-sign-in">
      <title>Sign in · ATMO</title>
      <Container>
        <SpaceBetween size="l">
          <div className="atmo-brand-large">
            <img src={icon} alt="" width="48" height="48" />
            <Box variant="h1">ATMO</Box>
          </div>
          <Box variant="p">
            Launch Apache Spark clusters with Jupyter and Zeppelin, open Spark sessions for your own notebook, and run
            notebooks on a schedule. No AWS account needed.
          </Box>
          <Button variant="primary" fullWidth href={urlOf('signIn', { returnTo: `${pathname}${search}` })}>
            Sign in
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  );
};
