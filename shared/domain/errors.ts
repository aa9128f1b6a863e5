/** One error of one input field. The message names the remedy. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * Base class of every expected failure. `name` is set explicitly because minifiers rename classes and
 * Step Functions catches by name.
 */
export abstract class DomainError extends Error {
  abstract override readonly name: string;
  /** Details for the log; never secrets. */
  readonly evidence: Readonly<Record<string, unknown>>;

  constructor(message: string, evidence: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.evidence = evidence;
  }
}

/** Maximum number of field errors in a response. */
const MAX_ERRORS = 10;

/** Invalid input, with at most ten field errors. */
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

/** The request has no valid session. */
export class NotSignedIn extends DomainError {
  override readonly name = 'NotSignedIn';
}

/** The person may see the object but lacks the permission for this action. */
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

/** The request is valid but conflicts with the current state. */
export class Conflict extends DomainError {
  override readonly name = 'Conflict';
}

/** What is asked for is being prepared: the same request succeeds soon. */
export class NotReady extends DomainError {
  override readonly name = 'NotReady';
}

/** The stage does not have what is asked for, whatever the request says. */
export class NotOffered extends DomainError {
  override readonly name = 'NotOffered';
}

/** More than one person may have; the message names the quota, what is used of it and who can raise it. */
export class QuotaExceeded extends DomainError {
  override readonly name = 'QuotaExceeded';
}

/** More than a monthly budget has left; the message names the budget, what is used of it and who can raise it. */
export class BudgetExceeded extends DomainError {
  override readonly name = 'BudgetExceeded';
}

/** Admins have paused all launches; the message has their reason. */
export class LaunchesPaused extends DomainError {
  override readonly name = 'LaunchesPaused';
}

/** More requests than are taken in a while. */
export class TooManyRequests extends DomainError {
  override readonly name = 'TooManyRequests';
}

/** The body or file is larger than allowed. */
export class TooLarge extends DomainError {
  override readonly name = 'TooLarge';
}

/** Another writer changed the item since it was read. Read it again. */
export class StaleWrite extends DomainError {
  override readonly name = 'StaleWrite';
}

/** AWS throttled the call, which is safe to retry. `service` names the AWS service. */
export class AwsThrottled extends DomainError {
  override readonly name = 'AwsThrottled';
}

/** An AWS call failed; whether a retry is safe depends on the call. */
export class AwsFailed extends DomainError {
  override readonly name = 'AwsFailed';
}

/** SES rejected the mail. A retry cannot succeed until somebody changes something. */
export class MailRefused extends DomainError {
  override readonly name = 'MailRefused';
}

/** EMR rejected the request. A retry cannot succeed. */
export class EmrRefusedLaunch extends DomainError {
  override readonly name = 'EmrRefusedLaunch';
}

/** No home directory can be made or mounted for this person. */
export class HomeUnavailable extends DomainError {
  override readonly name = 'HomeUnavailable';
}

/** RunJobFlow failed and may still have launched a cluster. The sweep finds it by its run token. */
export class LaunchUncertain extends DomainError {
  override readonly name = 'LaunchUncertain';
}
