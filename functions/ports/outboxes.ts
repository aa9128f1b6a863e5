/** The outboxes of all kinds of items at once. */
export interface Outboxes {
  /** Whether no item has a mail to be sent, as the index has it: a mail of the last second may be missing. */
  areEmpty(): Promise<boolean>;
}
