import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

/** How something stands: what the indicator looks like, and what it says. */
export type StateWords = readonly [StatusIndicatorProps.Type, string];

/** A state in one or two words, which no narrow column breaks in the middle. */
export const State = ({ words: [type, text] }: { readonly words: StateWords }) => (
  <span className="atmo-whole">
    <StatusIndicator type={type}>{text}</StatusIndicator>
  </span>
);
