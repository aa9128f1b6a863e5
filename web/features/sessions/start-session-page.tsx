import { useSearchParams } from 'react-router';

import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { sessionPresetsLike, StartSessionForm } from './start-session-form.tsx';

const StartSessionPage = () => {
  const defaults = useRead('getSessionDefaults', {}, { isPreset: true });
  const like = useSearchParams()[0].get('like');
  const earlier = useRead('getSession', { id: like ?? '' }, { enabled: like !== null });
  return (
    <Page title="Start a session" parent={{ text: 'Sessions', to: '/sessions' }}>
      <Loaded query={defaults} what="the form">
        {(presets) =>
          like === null ? (
            <StartSessionForm presets={presets} />
          ) : (
            <Loaded query={earlier} what="the earlier session">
              {(session) => <StartSessionForm presets={sessionPresetsLike(presets, session)} />}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
};

export default StartSessionPage;
