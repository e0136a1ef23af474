# Hopes that a question to a name server gets out, with the answer in it or not.
import ctypes
import os
import socket
import subprocess

libc = ctypes.CDLL(None)
for name in ("secret.example.com", "localhost.localdomain", "_http._tcp.example.com"):
    for act in (
        lambda: socket.getaddrinfo(name, None), lambda: socket.gethostbyname_ex(name),
        lambda: socket.gethostbyaddr("8.8.8.8"), lambda: socket.getnameinfo(("8.8.8.8", 53), socket.NI_NAMEREQD),
        lambda: subprocess.run(["getent", "hosts", name], check=True, timeout=1),
        lambda: libc.gethostbyname(name.encode()) or [].pop(),
    ):
        tried += 1
        try:
            act()
            found.append(f"{name} has an address")
        except (OSError, subprocess.SubprocessError, IndexError):
            pass
for path in ("/run/nscd/socket", "/var/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve",
             "/run/dbus/system_bus_socket", "/run/avahi-daemon/socket", "/etc/resolv.conf", "/etc/hosts"):
    if "{driver}" != "uid" and os.path.exists(path):
        found.append(path)
