"""The embedded engine as a server of Bolt: ``python bolt_server.py FOLDER PORT``, until standard input ends.

The databases lie in ``FOLDER/databases``; the user is ``root``, with the password of ``BOLT_PASSWORD``.
"""

from __future__ import annotations

import os
import socket
import sys


def main(folder: str, port: str) -> None:
    """Serve, and say ``ready`` when clients may come."""
    import arcadedb  # not in the process of the tests, which collect this module too

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # the engine's own messages
    configuration = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": int(port),
        "http_port": _find_port(),
        "host": "127.0.0.1",
    }
    # It shuts down when nobody holds it.
    server = arcadedb.create_server(folder, os.environ["BOLT_PASSWORD"], config=configuration)
    server.start()
    print("ready", file=answers, flush=True)
    sys.stdin.read()
    os._exit(0)


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main(*sys.argv[1:])
