"""JupyterLab on a cluster's master, for the one person the cluster belongs to."""

import os

c = get_config()  # noqa: F821  pylint: disable=undefined-variable

# Reached through the SSH tunnel only; the page asks for no token because SSH has asked for the key. Jupyter itself
# refuses requests under other host names and from other pages.
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = 8888
# Another port would be one that no tunnel leads to: better to fail and be restarted.
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.IdentityProvider.token = ""
c.ServerApp.root_dir = os.environ.get("ATMO_JUPYTER_ROOT", "/mnt/atmo/home")

c.MultiKernelManager.default_kernel_name = "pyspark"

# A kernel that once used Spark holds its application on YARN for ever, and EMR calls such a cluster busy: its idle
# termination, the backstop for a portal that is gone, would never come. Kernels at work are spared.
c.MappingKernelManager.cull_idle_timeout = 24 * 3600
c.MappingKernelManager.cull_connected = True
