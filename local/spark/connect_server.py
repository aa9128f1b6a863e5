"""Spark's own Connect server for a session, on a free port of this machine's loopback address.

    spark-submit connect_server.py

Prints `listening on PORT`. Spark's start script listens on every address of the machine (3.5 has no setting for it), so
the service is put behind a gRPC server made here, with the settings that Spark itself gives it.
"""

from __future__ import annotations

from pyspark.sql import SparkSession

#: Spark's default of `spark.connect.grpc.maxInboundMessageSize`, in bytes.
MOST_BYTES = 128 * 1024 * 1024


def main() -> None:
    jvm = SparkSession.builder.getOrCreate().sparkContext._jvm
    connect = jvm.org.apache.spark.sql.connect.service
    address = jvm.java.net.InetSocketAddress("127.0.0.1", 0)
    builder = jvm.org.sparkproject.connect.grpc.netty.NettyServerBuilder.forAddress(address)
    builder.maxInboundMessageSize(MOST_BYTES)
    # Without the reflection service, as Spark has it unless it is debugged.
    builder.addService(connect.SparkConnectService(False))
    registry = getattr(getattr(connect, "SparkConnectInterceptorRegistry$"), "MODULE$")
    registry.chainInterceptors(builder)
    server = builder.build()
    server.start()
    print(f"listening on {server.getPort()}", flush=True)
    server.awaitTermination()


if __name__ == "__main__":
    main()
