import { hasSessions } from '../../shared/domain/emr-release-facts.ts';
import { validationException } from './emr-error.ts';
import type { InstanceFleetConfig, InstanceGroupConfig, LaunchRequest } from './launch-request.ts';
import { applicationsOf, RELEASE_LABELS } from './releases.ts';

const refuse = (message: string): never => {
  throw validationException(message);
};

const checkRelease = ({ ReleaseLabel, AmiVersion, Applications }: LaunchRequest): void => {
  if (ReleaseLabel === undefined || AmiVersion !== undefined) {
    refuse('Must specify exactly one of the following: release label, AMI version, or Hadoop version.');
  } else if (!RELEASE_LABELS.includes(ReleaseLabel)) {
    refuse(`The supplied release label is invalid: ${ReleaseLabel}.`);
  }
  const known = new Set(applicationsOf(ReleaseLabel ?? '').map((name) => name.toLowerCase()));
  const unknown = Applications.filter(({ Name }) => !known.has(Name.toLowerCase())).map(({ Name }) => Name);
  if (unknown.length > 0) {
    refuse(
      `Specified applications: ${unknown.join(', ')} not found. Exclude the application or check spelling and retry.`,
    );
  }
};

const checkSessions = ({ ReleaseLabel = '', SessionEnabled }: LaunchRequest): void => {
  if (SessionEnabled === true && !hasSessions(ReleaseLabel.replace(/^emr-/, ''), 'cluster'))
    refuse(`Sessions are not supported with release label ${ReleaseLabel}. Use emr-spark-8.0.0 or later.`);
};

const checkInstanceType = (type: string): void => {
  if (!/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/.test(type)) {
    refuse(`Instance type '${type}' is not supported.`);
  }
};

const checkRoles = (roles: readonly string[], kind: 'group' | 'fleet'): void => {
  const twice = roles.find((role, index) => roles.indexOf(role) !== index && role !== 'TASK');
  if (twice !== undefined) {
    const role = twice.toLowerCase();
    refuse(`Multiple ${role} instance ${kind}s supplied, you must specify exactly one ${role} instance ${kind}`);
  }
  if (!roles.includes('MASTER')) {
    refuse(
      `No master instance ${kind}s were supplied; you must specify exactly one master instance ${kind}. ` +
        'Revise the configuration and resubmit.',
    );
  }
  if (roles.includes('TASK') && !roles.includes('CORE')) {
    refuse(`Clusters with task instance ${kind}s must also define core instance ${kind}s.`);
  }
};

const checkGroup = (group: InstanceGroupConfig): void => {
  checkInstanceType(group.InstanceType);
  if (group.InstanceCount < 1) refuse('An instance group must have at least one instance');
  if (group.InstanceRole === 'MASTER' && ![1, 3].includes(group.InstanceCount)) {
    refuse('A master instance group must specify a single instance');
  }
  if (group.BidPrice === undefined) return;
  if (group.Market !== 'SPOT') refuse('Attempted to set bid price for on demand instance group.');
  if (!(Number(group.BidPrice) > 0)) refuse('The bid price supplied for an instance group is invalid');
};

const checkFleet = (fleet: InstanceFleetConfig): void => {
  const target = fleet.TargetOnDemandCapacity + fleet.TargetSpotCapacity;
  if (fleet.InstanceFleetType === 'MASTER' && target !== 1) {
    refuse('A master instance fleet can only have a target capacity of 1. Revise the configuration and resubmit.');
  }
  if (target < 1) {
    refuse(
      `The instance fleet (${fleet.Name ?? 'null'}) should have a value of one or greater for either ` +
        'targetOnDemandCapacity or targetSpotCapacity.',
    );
  }
  if (fleet.InstanceTypeConfigs.length === 0) {
    refuse(
      `The instance fleet: ${fleet.Name ?? 'null'} must have at least one instance type. Revise the configuration and resubmit.`,
    );
  }
  for (const { InstanceType } of fleet.InstanceTypeConfigs) checkInstanceType(InstanceType);
};

const checkInstances = ({ Instances }: LaunchRequest): void => {
  const byType = [Instances.MasterInstanceType, Instances.SlaveInstanceType, Instances.InstanceCount];
  const ways = [Instances.InstanceGroups, Instances.InstanceFleets, byType.find((value) => value !== undefined)];
  if (ways.filter((way) => way !== undefined).length !== 1) {
    refuse(
      'Please configure instances using one and only one of the following: instance groups; instance fleets; ' +
        'instance count, master and slave instance type.',
    );
  }
  if (Instances.Ec2SubnetIds !== undefined && Instances.InstanceFleets === undefined) {
    refuse(
      'Only one subnet may be specified for clusters configured with instance groups or instance count, master and ' +
        'slave instance type. Revise the configuration and resubmit.',
    );
  }
  if (Instances.InstanceGroups !== undefined) {
    checkRoles(
      Instances.InstanceGroups.map((group) => group.InstanceRole),
      'group',
    );
    Instances.InstanceGroups.forEach(checkGroup);
  } else if (Instances.InstanceFleets !== undefined) {
    checkRoles(
      Instances.InstanceFleets.map((fleet) => fleet.InstanceFleetType),
      'fleet',
    );
    Instances.InstanceFleets.forEach(checkFleet);
  } else {
    if (Instances.MasterInstanceType === undefined) refuse('Master instance type must be specified.');
    if ((Instances.InstanceCount ?? 0) < 1) refuse('Instance count must be at least 1.');
    for (const type of [Instances.MasterInstanceType, Instances.SlaveInstanceType]) {
      if (type !== undefined) checkInstanceType(type);
    }
  }
};

/** Jobs and steps one cluster can hold at a time. */
const MAXIMUM_STEPS = 256;

/**
 * The rules RunJobFlow checks beyond the shape of its input.
 * @throws EmrError `ValidationException`
 */
export const checkLaunch = (request: LaunchRequest): void => {
  checkRelease(request);
  checkSessions(request);
  if (request.ServiceRole === undefined) refuse('ServiceRole is required for creating cluster.');
  if (request.JobFlowRole === undefined) refuse('InstanceProfile is required for creating cluster.');
  if (request.LogUri !== undefined && !/^s3[an]?:\/\/[^/]+/.test(request.LogUri)) {
    refuse(`Invalid S3 URI for the log location: ${request.LogUri}`);
  }
  if (request.Steps.length > MAXIMUM_STEPS) refuse('Maximum number of steps for job flow exceeded');
  checkInstances(request);
};
