"""The JVM that spark-submit started, of which this process is the driver's Python. On clusters there is none."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any, Optional

_log = logging.getLogger("atmo")
_LOOK_EVERY = 0.5


def driver_jvm() -> Optional[Any]:
    """py4j's view of the JVM; None where spark-submit did not start this process. Never raises."""
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        return None
    # It tells of every connection that ends.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    try:
        from pyspark.java_gateway import launch_gateway

        return launch_gateway().jvm
    except Exception as error:  # pylint: disable=broad-except
        _log.warning("The run has no connection with its JVM: %s", error)
        return None


def hold(jvm: Any) -> None:
    """Ends this process by SIGTERM when its JVM is told to end, and lets the JVM end only after it.

    Otherwise the JVM would be gone within a moment, the container with it, and the results not stored. Never raises:
    without it a run is only less tidy when it is cancelled.
    """
    try:
        this_process = jvm.java.lang.ProcessHandle.of(os.getpid()).get().onExit()
        # EventHandler is the one class of the JDK that makes a Runnable of a method.
        runnable = jvm.java.lang.Class.forName("java.lang.Runnable")
        wait = jvm.java.beans.EventHandler.create(runnable, this_process, "join")
        runtime = jvm.java.lang.Runtime.getRuntime()
        runtime.addShutdownHook(jvm.java.lang.Thread(wait))
        probe = jvm.java.lang.Thread()
    except Exception as error:  # pylint: disable=broad-except
        _log.warning("The run cannot watch its JVM: %s", error)
        return

    def watch() -> None:
        while True:
            time.sleep(_LOOK_EVERY)
            try:
                # Removes nothing. Refused as soon as the JVM is ending.
                runtime.removeShutdownHook(probe)
            except Exception:  # pylint: disable=broad-except
                os.kill(os.getpid(), signal.SIGTERM)
                return

    threading.Thread(target=watch, name="jvm", daemon=True).start()


def resolve_paths(jvm: Any, local: str, remote: str) -> None:
    """Makes Spark resolve relative paths in a folder of the run's, as on a cluster they are in HDFS. Never raises.

    `local` is this process's working directory, for a Spark whose default file system is this machine's; `remote` an
    S3 location, where its workers are other machines.
    """
    try:
        settings = jvm.org.apache.spark.deploy.SparkHadoopUtil.get().newConfiguration(jvm.org.apache.spark.SparkConf())
        # Hadoop keeps one instance for each file system, and Spark asks the same one.
        file_system = jvm.org.apache.hadoop.fs.FileSystem.get(settings)
        folder = local if file_system.getUri().getScheme() == "file" else remote
        file_system.setWorkingDirectory(jvm.org.apache.hadoop.fs.Path(folder))
    except Exception as error:  # pylint: disable=broad-except
        _log.warning("Relative paths of Spark are not in the run's results: %s", error)
