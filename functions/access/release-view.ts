import type { EmrReleaseView } from '../../shared/contract/emr-release-view.ts';
import type { EmrRelease } from '../../shared/domain/emr-release.ts';

export const emrReleaseView = ({ applications, engines, ...release }: EmrRelease): EmrReleaseView => ({
  ...release,
  applications: [...applications],
  engines: [...engines],
});
