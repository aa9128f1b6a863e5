/** One thing that is wrong with one field of an input, with the remedy in the message. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * Base of every failure that the product itself knows. `name` is set explicitly because minifiers rename classes and
 * Step Functions catches by name.
 */
export abstract class DomainError extends Error {
  abstract override readonly name: string;
  /** What a log needs to explain this failure; never a secret. */
  readonly evidence: Readonly<Record<string, unknown>>;

  constructor(message: string, evidence: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.evidence = evidence;
  }
}

/** More than a person mends at once; bounds the answer, whatever was sent. */
const MAX_ERRORS = 10;

/** The input was refused; the refused fields are named, ten at most. */
export class InvalidInput extends DomainError {
  override readonly name = 'InvalidInput';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    const named = errors.slice(0, MAX_ERRORS);
    const more = errors.length > MAX_ERRORS ? [`and ${errors.length - MAX_ERRORS} more`] : [];
    super([...named.map(({ field, message }) => `${field}: ${message}`), ...more].join('; '), { errors: named });
    this.errors = named;
  }

  static field(field: string, message: string): InvalidInput {
    return new InvalidInput([{ field, message }]);
  }
}

/** No valid session came with the request. */
export class NotSignedIn extends DomainError {
  override readonly name = 'NotSignedIn';
}

/** The person may know of the object, but not do this with it. */
export class Forbidden extends DomainError {
  override readonly name = 'Forbidden';
}

/** The object does not exist, or the person may not know that it does. */
export class NotFound extends DomainError {
  override readonly name = 'NotFound';

  constructor(kind: string, id: string) {
    super(`There is no ${kind} '${id}', or you may not see it.`, { kind, id });
  }
}

/** The request is understood but clashes with the present state. */
export class Conflict extends DomainError {
  override readonly name = 'Conflict';
}

/** More than one person may have; the message names the quota, what is used of it and who can raise it. */
export class QuotaExceeded extends DomainError {
  override readonly name = 'QuotaExceeded';
}

/** The body or file is larger than allowed. */
export class TooLarge extends DomainError {
  override readonly name = 'TooLarge';
}

/** Another writer changed the item in between; read it again. */
export class StaleWrite extends DomainError {
  override readonly name = 'StaleWrite';
}

/** AWS throttled the call; safe to try again later. `service` says which. */
export class AwsThrottled extends DomainError {
  override readonly name = 'AwsThrottled';
}

/** AWS answered with a failure; whether trying again is safe depends on the call. */
export class AwsFailed extends DomainError {
  override readonly name = 'AwsFailed';
}

/** EMR refused the request itself: trying again cannot help. */
export class EmrRefusedLaunch extends DomainError {
  override readonly name = 'EmrRefusedLaunch';
}

/** RunJobFlow failed in a way that leaves open whether a cluster now runs; the sweep finds out by its run token. */
export class LaunchUncertain extends DomainError {
  override readonly name = 'LaunchUncertain';
}
