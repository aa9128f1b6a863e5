import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import { useEffect, useRef } from 'react';

type DialogProps = Pick<ModalProps, 'visible' | 'header' | 'onDismiss' | 'children' | 'footer'>;

/** A modal that gives the focus to its first field, else to the first button below, instead of the cross that closes it. */
export const Dialog = ({ visible, children, footer, ...frame }: DialogProps) => {
  const content = useRef<HTMLDivElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!visible) return;
    const field = content.current?.querySelector<HTMLElement>('input, textarea, select');
    (field ?? buttons.current?.querySelector<HTMLElement>('button, a'))?.focus();
  }, [visible]);
  return (
    <Modal {...frame} visible={visible} footer={<div ref={buttons}>{footer}</div>}>
      <div ref={content}>{children}</div>
    </Modal>
  );
};
