import Button from '@cloudscape-design/components/button';
import CloudscapeForm from '@cloudscape-design/components/form';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';

import type { Form } from '../lib/use-form.ts';
import { useMedia } from '../lib/use-media.ts';
import { Failure } from './failure.tsx';
import { PageButton } from './links.tsx';

interface FormFrameProps {
  readonly form: Pick<Form<never>, 'submit' | 'refusals' | 'isSaving' | 'failure'>;
  readonly submitLabel: string;
  readonly cancelTo: string;
  /** Beside the fields where there is room, between them and the buttons where there is not. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** What is around a form's fields. The first refused field gets the focus. */
export const FormFrame = ({ form, submitLabel, cancelTo, aside, children }: FormFrameProps) => {
  const element = useRef<HTMLFormElement>(null);
  const hasRoom = useMedia('(min-width: 901px)');
  useEffect(() => {
    if (form.refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.refusals]);
  return (
    <form ref={element} onSubmit={form.submit} noValidate>
      <div {...(hasRoom && aside !== undefined ? { className: 'atmo-form-with-aside' } : {})}>
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
            {form.failure !== null && <Failure error={form.failure} />}
            {children}
            {!hasRoom && aside}
          </SpaceBetween>
        </CloudscapeForm>
        {hasRoom && aside !== undefined && <div className="atmo-aside">{aside}</div>}
      </div>
    </form>
  );
};
