interface Version {
  readonly source: string;
  readonly version: string;
  readonly commit: string;
  readonly build: string;
}

/** Dockerflow's `/__version__`. */
export const getVersion = (version: Version) => async (): Promise<Version> => version;
