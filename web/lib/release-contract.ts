import './zod-without-eval.ts';

export { releaseVersion } from '../../shared/contract/fields.ts';
export { emrReleaseBody } from '../../shared/contract/routes/admin-releases.ts';
