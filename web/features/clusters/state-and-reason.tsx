import Box from '@cloudscape-design/components/box';

import { State, type StateWords } from '../../components/state.tsx';

/** A state, and below it why, in EMR's words. */
export const StateAndReason = ({ words, reason }: { readonly words: StateWords; readonly reason: string | null }) => (
  <>
    <State words={words} />
    {reason !== null && (
      <Box fontSize="body-s" color="text-body-secondary">
        {reason}
      </Box>
    )}
  </>
);
