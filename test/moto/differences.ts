/**
 * Where moto differs from AWS, by the full name of the contract test that shows it. These tests are expected to fail on moto: one that passes there is
 * reported, so that the list stays true with each version of moto.
 */
export const MOTO_DIFFERENCES: Readonly<Record<string, { readonly why: string; readonly coveredBy: string }>> = {
  'EmrEngine as EMR > lists a launched cluster by a name that carries its token': {
    why: 'a cluster of moto is WAITING at once; EMR starts it for minutes',
    coveredBy: 'the local EMR, whose clusters take their time',
  },
  'EmrEngine as EMR > terminates many at once, also those that have ended or that EMR has forgotten': {
    why: 'moto answers an id that it does not know with a 500; EMR refuses the call by name',
    coveredBy: 'the local EMR',
  },
  'what EMR tells of the inside of a cluster > is how far each step is': {
    why: 'a step of moto runs at once, and for ever',
    coveredBy: 'the local EMR',
  },
  'what EMR tells of the inside of a cluster > is its instances by their role, as they come': {
    why: 'moto has instances of groups alone; our clusters have fleets',
    coveredBy: 'the local EMR',
  },
  'what EMR tells of the inside of a cluster > is all of many instances, and some of very many': {
    why: 'moto has instances of groups alone; our clusters have fleets',
    coveredBy: 'the local EMR',
  },
  'what EMR tells of the inside of a cluster > is nothing before EMR has the cluster, and after EMR has forgotten it': {
    why: 'moto answers an id that it does not know with a 500; EMR refuses the call by name',
    coveredBy: 'the local EMR',
  },
  'the engine of EMR Serverless > limits concurrent runs and the time in the queue explicitly': {
    why: 'moto drops the scheduler configuration of an application',
    coveredBy: 'the local EMR Serverless',
  },
  'the engine of EMR Serverless > starts a run once for its token': {
    why: 'moto starts another run for each call; EMR Serverless answers a repeated client token with the run that it started',
    coveredBy: 'the local EMR Serverless',
  },
  'the engine of EMR Serverless > says that a run waits in the queue, whose cancellation costs nothing': {
    why: 'all runs of moto are RUNNING at once, and bill nothing',
    coveredBy: 'the local EMR Serverless',
  },
  'pages of an index > refuse positions of another partition or index, and made-up ones': {
    why: 'moto takes any ExclusiveStartKey; DynamoDB refuses one that does not fit key, index or partition',
    coveredBy: 'dynalite',
  },
  'SparkJobRepository as DynamoDB > reads no more of a job than lists are searched by, page by page': {
    why: 'moto answers a query that projects attributes within others with a 500',
    coveredBy: 'dynalite',
  },
  'notebooks in S3 > lets a file be downloaded under its own name, and no more after deletion': {
    why: 'moto answers a signed link to a missing object with 403, as S3 does for a caller without ListBucket; our functions have it, so S3 answers 404',
    coveredBy: 'the local S3',
  },
};

/** What the tests do not ask of moto. */
export const MOTO_LACKS = [
  {
    what: 'EMR’s rate limits, faults and spot shortage',
    coveredBy: 'test/contract/emr-on-ec2.contract.test.ts on the local EMR',
  },
  { what: 'EMR’s checks of a launch request', coveredBy: 'test/local/emr' },
  {
    what: 'the text body of a mail that also has HTML',
    coveredBy: 'test/contract/mail-sender.contract.test.ts on the local SES',
  },
  {
    what: 'sessions, dashboards, capacity, queue, time limits and events of EMR Serverless',
    coveredBy: 'test/local/emr-serverless',
  },
  { what: 'schedules that fire', coveredBy: 'test/local/scheduler.test.ts' },
  { what: 'STS session policies in S3', coveredBy: 'test/contract/run-credentials.contract.test.ts on the local STS' },
] as const;
