import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { AddSshKeyForm } from './add-ssh-key-form.tsx';

const KEYS = '/ssh-keys';

const AddSshKeyPage = () => {
  const notify = useNotify();
  return (
    <Page title="Add an SSH key" parent={{ text: 'SSH keys', to: KEYS }}>
      <AddSshKeyForm
        cancelTo={KEYS}
        onAdded={({ title, warnings, id }) =>
          notify({ type: 'success', text: `The key ${title} was added.` }, warnings.length > 0 ? `${KEYS}/${id}` : KEYS)
        }
      />
    </Page>
  );
};

export default AddSshKeyPage;
