import '@cloudscape-design/global-styles/index.css';
import './shell.css';
import '../components/components.css';

import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import { queryClient } from '../lib/query-client.ts';
import { reportError, reportUncaughtErrors } from '../lib/report-errors.ts';
import { recalled } from '../lib/use-remembered.ts';
import { applyStoredAppearance } from './appearance.ts';
import { preloadPage } from './page-modules.ts';
import { Session } from './session.tsx';

applyStoredAppearance(recalled);
reportUncaughtErrors();
// While the portal says who is signed in, which decides whether the page is shown.
preloadPage(location.pathname);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
// What the error boundary shows to the person.
createRoot(root, { onCaughtError: (error) => void reportError(error) }).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Session />
        </BrowserRouter>
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
