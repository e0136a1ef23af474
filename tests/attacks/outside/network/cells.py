# Reaches for the network, and for sockets of the host.
import os
import socket
import subprocess
import urllib.request

for family in range(50):
    for kind in (1, 2, 3, 5):
        if family == socket.AF_UNIX:
            continue
        tried += 1
        try:
            socket.socket(family, kind).close()
            found.append(f"a socket of family {family}")
        except OSError:
            pass
        try:
            for end in socket.socketpair(family, kind):
                end.close()
            found.append(f"a socket pair of family {family}")
        except OSError:
            pass
for path in ("{listener}", "\0{abstract}", "/run/docker.sock", "/var/run/dbus/system_bus_socket",
             "/run/systemd/journal/socket", "/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0"):
    tried += 1
    try:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(path)
        found.append(f"connected to {path!r}")
    except OSError:
        pass
for act in (
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: socket.create_connection(("127.0.0.1", {port}), 1),
    lambda: urllib.request.urlopen("http://127.0.0.1:{port}/", timeout=1),
    lambda: subprocess.run(["bash", "-c", "echo x > /dev/tcp/127.0.0.1/{port}"], check=True),
):
    tried += 1
    try:
        act()
        found.append("the network answers")
    except (OSError, subprocess.CalledProcessError):
        pass
links = [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line]
if links != ["lo"]:
    found.append(f"network links {links}")
