/** Something the portal cannot do without. */
export interface HealthCheck {
  readonly name: string;
  /** Resolves where it answers; rejects with the reason otherwise. */
  check(): Promise<void>;
}
