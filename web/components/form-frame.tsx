import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import CloudscapeForm from '@cloudscape-design/components/form';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';

import type { Form } from '../lib/use-form.ts';
import { Failure } from './failure.tsx';
import { PageButton } from './links.tsx';
import { Unsaved } from './unsaved.tsx';

interface FormFrameProps {
  readonly form: Omit<Form<never>, 'values' | 'change' | 'errorOf'>;
  readonly submitLabel: string;
  readonly cancelTo: string;
  /** Beside the fields on wide screens; between the fields and the buttons on narrow ones. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a form's fields. After a refusal the first invalid field gets the focus, otherwise the error. */
export const FormFrame = ({ form, submitLabel, cancelTo, aside, children }: FormFrameProps) => {
  const element = useRef<HTMLFormElement>(null);
  const failure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (form.refusals === 0) return;
    const field = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (field) field.focus();
    else failure.current?.scrollIntoView({ block: 'center' });
  }, [form.refusals]);
  return (
    <form ref={element} onSubmit={form.submit} noValidate>
      <CloudscapeForm
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <PageButton to={cancelTo} variant="link">
              Cancel
            </PageButton>
            <Button variant="primary" formAction="submit" loading={form.isSaving}>
              {submitLabel}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {form.isRestored && (
            <Alert type="info" action={<Button onClick={form.startOver}>Start over</Button>}>
              What you typed before is here again.
            </Alert>
          )}
          <div {...(aside === undefined ? {} : { className: 'atmo-form-with-aside' })}>
            <div key={form.round} className="atmo-form-parts">
              {children}
            </div>
            {aside !== undefined && <div className="atmo-aside">{aside}</div>}
          </div>
          {/* Next to the pressed button, since the top of a long form is out of sight. */}
          {form.failure !== null && !form.isSaving && (
            <div ref={failure}>
              <Failure error={form.failure} />
            </div>
          )}
        </SpaceBetween>
      </CloudscapeForm>
      <Unsaved form={form} />
    </form>
  );
};
