/** What has to be closed at the end, the last opened first. */
export class Closers {
  readonly #closers: (() => unknown)[] = [];

  /** @param close may be asynchronous */
  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Closes everything, also where closing one of them fails. @throws the first failure, at the end */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).toReversed()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
