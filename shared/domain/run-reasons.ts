/** EMR completed every step, and yet no notebook ran: shown instead of `ALL_STEPS_COMPLETED`. */
export const NOT_EXECUTED = 'NOT_EXECUTED';

/** The portal ended the run at its timeout. */
export const TIMED_OUT = 'TIMED_OUT';
