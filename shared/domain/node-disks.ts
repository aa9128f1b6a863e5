/**
 * GB of gp3 on each node, asked for at launch and billed while it runs. Root: EMR's default of 15 is full once JupyterLab and the
 * Python environment are on it. Data is for HDFS, shuffle files and logs: the instance types offered have no disks of their own.
 */
export const NODE_DISKS_GB = { root: 40, data: 128 } as const;
