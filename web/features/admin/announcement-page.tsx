import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { ANNOUNCEMENT_STYLES } from '../../../shared/domain/announcement.ts';
import { AnnouncementView } from '../../components/announcement-view.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { announcementBody } from '../../lib/contract.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { DocumentHistory } from './document-history.tsx';
import { useReloadDocument } from './use-document.ts';

type Announcement = RouteOutput<Routes['getAnnouncement']>;

const STYLE_NAMES: Readonly<Record<Announcement['style'], string>> = {
  info: 'Information',
  success: 'Success',
  warning: 'Warning',
  danger: 'Danger',
};

const styleOption = (style: Announcement['style']) => ({ value: style, label: STYLE_NAMES[style] });

const AnnouncementForm = ({ announcement }: { readonly announcement: Announcement }) => {
  const reload = useReloadDocument('getAnnouncement');
  const notify = useNotify();
  const { isEnabled, style, title, content, isMarkdown, version } = announcement;
  const form = useForm({
    initial: { isEnabled, style, title, content, isMarkdown },
    schema: announcementBody,
    requestOf: (values) => ({ ...values, version }),
    save: (request) => send('putAnnouncement', request),
    onSaved: (saved) => {
      reload();
      notify({ type: 'success', text: saved.isEnabled ? 'Every page shows it now.' : 'No page shows it now.' });
    },
  });
  const { values, change, errorOf } = form;
  return (
    <FormFrame form={form} submitLabel="Save" cancelTo="/admin">
      <Container header={<Header variant="h2">Text</Header>}>
        <SpaceBetween size="l">
          <Toggle checked={values.isEnabled} onChange={({ detail }) => change({ isEnabled: detail.checked })}>
            Show it on every page
          </Toggle>
          <FormField label="Style" stretch errorText={errorOf('style')}>
            <Select
              selectedOption={styleOption(values.style)}
              options={ANNOUNCEMENT_STYLES.map(styleOption)}
              onChange={({ detail }) =>
                change({
                  style: ANNOUNCEMENT_STYLES.find((one) => one === detail.selectedOption.value) ?? values.style,
                })
              }
            />
          </FormField>
          <FormField label="Title" stretch errorText={errorOf('title')}>
            <Input value={values.title} onChange={({ detail }) => change({ title: detail.value })} />
          </FormField>
          <FormField label="Text" stretch errorText={errorOf('content')}>
            <Textarea value={values.content} rows={5} onChange={({ detail }) => change({ content: detail.value })} />
          </FormField>
          <Toggle checked={values.isMarkdown} onChange={({ detail }) => change({ isMarkdown: detail.checked })}>
            Markdown
          </Toggle>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Preview</Header>}>
        {values.title === '' && values.content === '' ? (
          <Box color="text-body-secondary">Nothing to show yet.</Box>
        ) : (
          <AnnouncementView {...values} />
        )}
      </Container>
    </FormFrame>
  );
};

const AnnouncementPage = () => {
  const query = useRead('getAnnouncement', {});
  return (
    <Page title="Announcement" description="What every page says to everybody.">
      <Loaded query={query} what="the announcement">
        {(announcement) => (
          <SpaceBetween size="l">
            <AnnouncementForm key={announcement.version} announcement={announcement} />
            <DocumentHistory name="announcement" />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default AnnouncementPage;
