"""A standalone Spark cluster on loopback, from the PyPI package alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pyspark

HOST = "127.0.0.1"


class Cluster:
    """A master and workers of one core each, as processes of their own; a context that ends them."""

    def __init__(self, folder: Path, workers: int = 2, memory: str = "2g") -> None:
        self.folder, self.workers, self.memory = folder, workers, memory
        self.processes: list[subprocess.Popen[bytes]] = []
        self.address = f"spark://{HOST}:{_free_port()}"

    def __enter__(self) -> Cluster:
        port = self.address.rsplit(":", 1)[1]
        self._start("master", "master.Master", "--host", HOST, "--port", port, "--webui-port", "0")
        _wait_for(lambda: "New state: ALIVE" in self.log("master"), "the master")
        for number in range(self.workers):
            name = f"worker{number}"
            own = ["-c", "1", "-m", self.memory, "--webui-port", "0", "-d", str(self.folder / name)]
            self._start(name, "worker.Worker", "--host", HOST, *own, self.address)
        _wait_for(lambda: self.log("master").count("Registering worker") == self.workers, "the workers")
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=60)

    def executors(self) -> list[int]:
        """Process ids of the executors, which are children of the workers."""
        children = [pid for worker in self.processes[1:] for pid in _children(worker.pid)]
        return [pid for pid in children if "CoarseGrainedExecutorBackend" in _command(pid)]

    def log(self, name: str) -> str:
        """What a process has written."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _start(self, name: str, what: str, *arguments: str) -> None:
        home = Path(pyspark.__file__).parent
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", *arguments]
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
        with open(self.folder / f"{name}.log", "wb") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self.processes.append(started)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _wait_for(done, what: str, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come up in {seconds:.0f} s")
        time.sleep(0.2)


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name in parentheses: state, parent.
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
