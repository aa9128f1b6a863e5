import { useSearchParams } from 'react-router';

import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DeadEnd } from '../../components/dead-end.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { useChange, useRead } from '../../lib/use-route.ts';
import { ReleaseForm } from './release-form.tsx';
import { RELEASES } from './release-input.ts';

const DeleteRelease = ({ version }: { readonly version: string }) => {
  const notify = useNotify();
  const remove = useChange('deleteEmrRelease', { outdates: ['listAllEmrReleases', 'listEmrReleases'] });
  const confirm = async (): Promise<void> => {
    await remove.mutateAsync({ version });
    notify({ type: 'success', text: `EMR ${version} was deleted.` }, RELEASES);
  };
  return (
    <ConfirmButton label="Delete" title={`Delete EMR ${version}`} confirmLabel="Delete" onConfirm={confirm}>
      Nobody can choose it any more. What ran on it stays as it is. A release that active clusters or Spark jobs use
      cannot be deleted.
    </ConfirmButton>
  );
};

const PARENT = { text: 'EMR releases', to: RELEASES };

const EditRelease = () => {
  // Not part of the path, where a dot stands for a file.
  const version = useSearchParams()[0].get('version');
  // Once for each visit: what others change must not replace what is typed.
  const releases = useRead('listAllEmrReleases', {}, { isPreset: true });
  return (
    <Loaded query={releases} what="the release" page={{ title: `EMR ${version ?? ''}`, parent: PARENT }}>
      {({ items }) => {
        const release = items.find((known) => known.version === version);
        if (release === undefined)
          return <DeadEnd status={404} title="Not found" text={`There is no EMR release ${version ?? ''} here.`} />;
        return (
          <Page title={`EMR ${release.version}`} parent={PARENT} actions={<DeleteRelease version={release.version} />}>
            <ReleaseForm release={release} taken={[]} />
          </Page>
        );
      }}
    </Loaded>
  );
};

const AddRelease = () => {
  const releases = useRead('listAllEmrReleases', {}, { isPreset: true });
  return (
    <Page title="Add an EMR release" parent={PARENT}>
      <Loaded query={releases} what="the releases">
        {({ items }) => <ReleaseForm release={null} taken={items.map(({ version }) => version)} />}
      </Loaded>
    </Page>
  );
};

const EditReleasePage = ({ isNew }: { readonly isNew: boolean }) => (isNew ? <AddRelease /> : <EditRelease />);

export default EditReleasePage;
