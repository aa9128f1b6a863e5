import Alert from '@cloudscape-design/components/alert';

import { AnnouncementView } from '../components/announcement-view.tsx';
import { useMe } from '../lib/me.ts';

/** The admins' announcement to all users. */
export const Announcement = () => {
  const { announcement } = useMe();
  return announcement === null ? null : <AnnouncementView {...announcement} />;
};

/** Why nothing can be launched now, before anybody fills in a form. */
export const LaunchPauseNotice = () => {
  const { isPaused, reason } = useMe().launches;
  if (!isPaused) return null;
  return (
    <Alert type="warning" header="Launches are paused">
      {reason}
    </Alert>
  );
};
