"""The JVM that spark-submit started, of which this process is the driver's Python. On clusters there is none."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any, Callable, Optional

_log = logging.getLogger("atmo")
_LOOK_EVERY = 0.5
# Of what any session initializes as it starts, what takes longest and looks at no setting.
_SLOW_CLASSES = (
    "org.apache.spark.SparkContext",
    "org.apache.spark.util.JsonProtocol$",
    "org.apache.spark.sql.catalyst.analysis.FunctionRegistry$",
)


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


def prepare(jvm: Any, local: str, remote: str) -> Callable[[], None]:
    """Prepares the JVM for a run while the kernel starts. Returns what waits until cells may run. Never raises.

    `local` and `remote` are the folders of `_resolve_paths`.
    """
    prepared = threading.Event()

    def work() -> None:
        try:
            _hold(jvm)
            _resolve_paths(jvm, local, remote)
            _initialize(jvm)
        finally:
            # Not before all is done: two threads that initialize classes may wait for each other for ever.
            prepared.set()

    threading.Thread(target=work, name="prepare", daemon=True).start()

    def wait() -> None:
        prepared.wait()

    return wait


def _initialize(jvm: Any) -> None:
    """Has the JVM initialize while the kernel starts what the first use of Spark would wait for. Never raises."""
    for name in _SLOW_CLASSES:
        try:
            # With the loader that has Spark's classes: py4j's own may lack them.
            jvm.java.lang.Class.forName(name, True, jvm.java.lang.Thread.currentThread().getContextClassLoader())
        except Exception as error:  # pylint: disable=broad-except
            _log.debug("%s was not initialized: %s", name, error)


def _hold(jvm: Any) -> None:
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


def _resolve_paths(jvm: Any, local: str, remote: str) -> None:
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
