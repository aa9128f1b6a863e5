/** A reason the stack cannot start, in one line that names the remedy; shown without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
