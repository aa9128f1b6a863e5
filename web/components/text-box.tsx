interface TextBoxProps {
  readonly label: string;
  readonly text: string;
  readonly look?: string;
  /** Whether to scroll to the end first, as for a log. */
  readonly isReadFromEnd?: boolean;
}

const scrollToEnd = (element: HTMLElement | null): void => {
  if (element !== null) element.scrollTop = element.scrollHeight;
};

/** Output of a program, in a box of limited height that scrolls. */
export const TextBox = ({ label, text, look = '', isReadFromEnd = false }: TextBoxProps) => (
  <pre
    className={`atmo-text-file ${look}`}
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    tabIndex={0}
    aria-label={label}
    ref={isReadFromEnd ? scrollToEnd : null}
  >
    {text}
  </pre>
);
