import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

/** The look and the text of a status indicator. */
export type StateWords = readonly [StatusIndicatorProps.Type, string];

/** A state in one or two words that do not wrap. */
export const State = ({ words: [type, text] }: { readonly words: StateWords }) => (
  <span className="atmo-whole">
    <StatusIndicator type={type}>{text}</StatusIndicator>
  </span>
);
