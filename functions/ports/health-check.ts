/** A dependency of the portal. */
export interface HealthCheck {
  readonly name: string;
  /** Resolves if it responds; rejects with the reason otherwise. */
  check(): Promise<void>;
}
