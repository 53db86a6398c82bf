"""Watches a command: each packet that it sends to another machine, each word to a proxy, each file of an account read.

Run as a program it is inside: a network namespace in which every address leads back to it. It answers DNS, takes
connections to the ports of the web and to a proxy, and has the kernel tell what is opened in `~/.aws`.
"""

import ctypes
import ipaddress
import json
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

PROXY, METADATA = 3128, 8765
WEB = (80, 443)
_OPEN, _ALL = 0x20, 0x0003  # IN_OPEN; ETH_P_ALL
_FILES = {
    "credentials": "[default]\naws_access_key_id = AKIAREALREALREALREAL\naws_secret_access_key = real\n",
    "config": (
        "[default]\nregion = eu-west-3\nendpoint_url = https://s3.example.org\ns3 =\n    addressing_style = virtual\n"
        "[profile work]\naws_access_key_id = AKIAREALREALREALREAL\naws_secret_access_key = real\nregion = eu-west-3\n"
        "[profile sso]\nsso_session = us\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        "[sso-session us]\nsso_region = us-east-1\nsso_start_url = https://us.awsapps.com/start\n"
        "[profile program]\ncredential_process = /bin/false\n"
    ),
    "cli/alias": "[toplevel]\ns3 = !echo an alias of your own\n",
    "sso/cache/token.json": '{"accessToken": "real", "expiresAt": "2099-01-01T00:00:00Z"}',
    "login/cache/token.json": '{"accessToken": "real"}',
    "models/dynamodb/2012-08-10/service-2.json": "{}",
}


def plant(home: Path) -> None:
    """Write an account's files below `home`."""
    for name, text in _FILES.items():
        path = home / ".aws" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (home / ".boto").write_text(
        "[Credentials]\naws_access_key_id = AKIAREALREALREALREAL\naws_secret_access_key = real\n"
    )


def planted(home: Path) -> dict[str, str]:
    """An environment with everything that leads to an account, and to proxies."""
    here = f"http://127.0.0.1:{METADATA}"
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), f"http://127.0.0.1:{PROXY}")
    return proxies | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "HOME": str(home),
        "AWS_PROFILE": "work",
        "AWS_SESSION_TOKEN": "real",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{here}/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "real",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": here,
        "AWS_ENDPOINT_URL_S3": "https://s3.example.org",
        "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/admin",
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(home / ".aws/sso/cache/token.json"),
    }


def watched(
    command: list[str], cwd: Path, env: dict[str, str], home: Path, *, user: bool = False, seconds: int = 300
) -> dict:
    """Run `command`, as an ordinary user if `user`: what it sent and read, its output and exit status."""
    report = home / "report.json"
    words = [*(_ordinary() if user else []), *command]
    told = json.dumps({"command": words, "cwd": str(cwd), "env": env, "home": str(home)})
    words = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    words += [sys.executable, __file__, told, str(report)]
    subprocess.run(words, check=True, timeout=seconds, env={"PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"})
    return json.loads(report.read_text(encoding="utf-8"))


def _ordinary() -> list[str]:
    """What makes an ordinary user of root.

    Who is an ordinary user is root of a namespace by then, and becomes ordinary in one more: there is no other user.
    """
    if os.geteuid() == 0:
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"]
    return ["unshare", "--user", "--map-user=65534", "--map-group=65534"]


def can_watch() -> bool:
    """Whether this machine lets a network namespace be made, and has the tools."""
    words = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), "true"]
    there = all(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("unshare", "ip", "setpriv"))
    return there and subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode == 0


class _Witness:
    def __init__(self, home: Path) -> None:
        self.sent: list[str] = []  # packets to other machines
        self.words: list[str] = []  # what servers here heard: DNS, the proxy, the metadata service, the web
        self.opened: list[str] = []
        self._folders: dict[int, Path] = {}
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = self._libc.inotify_init1(os.O_NONBLOCK)
        for folder in [home / ".aws", *(p for p in (home / ".aws").rglob("*") if p.is_dir())]:
            self._watch(folder)
        self._watch(home / ".boto")
        self._packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL))
        self._packets.bind(("lo", 0))
        threading.Thread(target=self._sniff, daemon=True).start()
        threading.Thread(target=self._resolve, daemon=True).start()
        for port in (PROXY, METADATA, *WEB):
            threading.Thread(target=self._listen, args=(socket.create_server(("", port)), port), daemon=True).start()

    def _watch(self, path: Path) -> None:
        number = self._libc.inotify_add_watch(self._inotify, os.fsencode(path), _OPEN)
        assert number >= 0, os.strerror(ctypes.get_errno())
        self._folders[number] = path

    def _sniff(self) -> None:
        while True:
            data = self._packets.recv(65535)
            if data[12:14] == b"\x08\x00":
                address, start = ipaddress.ip_address(data[30:34]), 14 + 4 * (data[14] & 15)
            elif data[12:14] == b"\x86\xdd":
                address, start = ipaddress.ip_address(data[38:54]), 54
            else:
                continue
            source = ipaddress.ip_address(data[26:30] if address.version == 4 else data[22:38])
            if not (address.is_loopback or address.is_multicast):
                port = struct.unpack("!H", data[start + 2 : start + 4])[0]
                self.sent.append(f"{source} -> {address}:{port}")

    def _resolve(self) -> None:
        """Every name has an address, so that whoever asks goes on."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("", 53))
            while True:
                data, client = server.recvfrom(2048)
                self.words.append(f"dns {data[12:-4]!r}")
                is_v4 = data[-4:-2] == b"\x00\x01"
                answer = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + socket.inet_aton("52.95.110.1")
                count = struct.pack("!HHHH", 1, int(is_v4), 0, 0)
                server.sendto(data[:2] + b"\x81\x80" + count + data[12:] + (answer if is_v4 else b""), client)

    def _listen(self, server: socket.socket, port: int) -> None:
        while True:
            connection, _ = server.accept()
            self.words.append(f"{port} connection")
            connection.settimeout(2)
            try:
                self.words.append(f"{port} {connection.recv(65536)!r}")
            except OSError:
                self.words.append(f"{port} silence")
            connection.close()

    def read_events(self) -> None:
        """Take what the kernel told of opened files."""
        while select.select([self._inotify], [], [], 0.1)[0]:
            data = os.read(self._inotify, 65536)
            while data:
                number, mask, _, size = struct.unpack("iIII", data[:16])
                name = data[16 : 16 + size].rstrip(b"\0").decode()
                self.opened.append(str(self._folders[number] / name) + (" (folder)" if mask & 0x40000000 else ""))
                data = data[16 + size :]


def _inside(told: dict, report: Path) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "route", "add", "local", "0.0.0.0/0", "dev", "lo"], check=True)
    subprocess.run(["ip", "-6", "route", "add", "local", "::/0", "dev", "lo"], check=False, stderr=subprocess.DEVNULL)
    witness = _Witness(Path(told["home"]))
    done = subprocess.run(
        told["command"], cwd=told["cwd"], env=told["env"], capture_output=True, text=True, check=False
    )
    witness.read_events()
    said = {"status": done.returncode, "out": done.stdout, "err": done.stderr}
    seen = {"sent": witness.sent, "words": witness.words, "opened": witness.opened}
    report.write_text(json.dumps(said | seen), encoding="utf-8")


if __name__ == "__main__":
    _inside(json.loads(sys.argv[1]), Path(sys.argv[2]))
