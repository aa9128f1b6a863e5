/** The fences of the house: who may import whom. CONTRIBUTING.md says why. */
const fence = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const onlyTo = (folder, allowed) =>
  fence(
    `${folder}-imports-only-${allowed.join('-and-') || 'itself'}`,
    `${folder}/ may import ${['itself', ...allowed].join(', ')} and nothing else of ours`,
    { path: `^${folder}/` },
    { path: '^(shared|functions|infra|web|local|emr|test|bench)/', pathNot: `^(${[folder, ...allowed].join('|')})/` },
  );

/**
 * The floors of functions/, lowest first: a folder imports from the floors below its own. Folders on one floor do not know
 * each other. `*.lambda.ts` files stand above all; adapters implement ports and are wired by `*.lambda.ts` alone.
 */
const FLOORS = [
  ['runtime', 'ports'],
  ['settings'],
  ['access'],
  ['workloads', 'mail'],
  ['runs'],
  ['jobs'],
  ['clusters', 'sessions', 'ssh-keys', 'releases', 'people', 'portal', 'sign-in'],
  ['admin'],
  ['run-workflow'],
  ['upkeep'],
];

const LAMBDA = '[.]lambda[.]ts$';

const floorFence = (folder, index) =>
  fence(
    `functions-${folder}-imports-from-lower-floors`,
    `functions/${folder}/ may import from ${FLOORS.slice(0, index).flat().join(', ') || 'no other folder'}`,
    { path: `^functions/${folder}/`, pathNot: LAMBDA },
    { path: '^functions/', pathNot: `^functions/(${[folder, ...FLOORS.slice(0, index).flat()].join('|')})/` },
  );

export default {
  forbidden: [
    fence('no-cycles', 'Nothing imports itself in a circle', {}, { circular: true }),
    fence('no-unresolvable', 'Every import exists', {}, { couldNotResolve: true, pathNot: '\\?(raw|url|worker)$' }),
    onlyTo('shared', []),
    ...FLOORS.flatMap((folders, index) => folders.map((folder) => floorFence(folder, index))),
    fence(
      'adapters-implement-ports',
      'An adapter knows ports and the runtime, no use case',
      { path: '^functions/adapters/' },
      { path: '^functions/', pathNot: '^functions/(adapters|ports|runtime)/' },
    ),
    fence(
      'every-folder-has-a-floor',
      'A new folder of functions/ gets its place in FLOORS',
      { path: `^functions/(?!(${[...FLOORS.flat(), 'adapters'].join('|')})/)` },
      {},
    ),
    fence('lambdas-are-not-imported', 'Wiring is imported by nobody', { path: '^functions/' }, { path: LAMBDA }),
    { ...fence('no-folder-cycles', 'No folder imports itself in a circle', {}, { circular: true }), scope: 'folder' },
    // The cluster configurations are data that the launch sends to EMR.
    onlyTo('functions', ['shared', 'emr/.*[.]json$|emr']),
    onlyTo('infra', ['shared']),
    onlyTo('web', ['shared']),
    onlyTo('local', ['shared', 'functions']),
    fence(
      'emr-is-data-for-functions',
      'What runs on the cluster is Python and shell; functions only read its JSON',
      { path: '^functions/' },
      { path: '^emr/', pathNot: '[.]json$' },
    ),
    fence('shared-is-pure', 'shared/ knows no Node, no AWS', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    fence(
      'shared-libraries',
      'shared/ runs in Lambda and in the browser: only libraries that do too',
      { path: '^shared/' },
      { path: 'node_modules', pathNot: 'node_modules/(zod|croner|diff)/' },
    ),
    fence(
      'aws-sdk-in-adapters',
      'Use cases speak to ports; only adapters know the SDK',
      { path: '^(functions|web)/', pathNot: '^functions/adapters/' },
      { path: 'node_modules/(@aws-sdk|@smithy|sshpk)/' },
    ),
    fence(
      'cdk-in-infra',
      'Only infra/ knows the CDK',
      { path: '^(shared|functions|web|local)/' },
      { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    ),
    fence(
      'react-in-web',
      'Only web/ knows React',
      { path: '^(shared|functions|infra|local)/' },
      { path: 'node_modules/(react|react-dom|@cloudscape-design)/' },
    ),
    fence(
      'prices-stay-on-the-server',
      'The table of all Regions is larger than a page; pages compute with the rates that answers carry',
      { path: '^web/' },
      { path: '^shared/(data/prices[.]json|domain/price-table[.]ts)$' },
    ),
    fence(
      'tests-are-not-imported',
      'Product code never imports tests',
      { path: '^(shared|functions|infra|web|local)/' },
      { path: '^test/' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|cdk\\.out|\\.local)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'node', 'default', 'types'],
    },
  },
};
