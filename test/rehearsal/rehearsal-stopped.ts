/** The rehearsal cannot go on; the message says why in words that need no stack trace. */
export class RehearsalStopped extends Error {
  override readonly name = 'RehearsalStopped';
}
