# Hopes that a program which the system brings along may do what Python may not.
from IPython import get_ipython
import subprocess
import sys

address = "127.0.0.1:{port}"
for command in (
    f"curl -m 1 -s http://{address}/", f"wget -T 1 -t 1 -q -O- http://{address}/",
    "timeout 1 bash -c 'echo x > /dev/udp/127.0.0.1/53'", "ping -c 1 -W 1 127.0.0.1", "nc -w 1 127.0.0.1 {port}",
    f"perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(\"{address}\")'", "sudo -n true", "su -c true",
    "ssh -o BatchMode=yes -o ConnectTimeout=1 127.0.0.1 true", "mount -t tmpfs x /tmp", "dmesg | grep -q .",
    "logger x && test -S /dev/log", "crontab -l", "at now < /dev/null && atq | grep -q .",
):
    tried += 1
    if subprocess.run(command, shell=True, capture_output=True, timeout=5).returncode == 0:
        found.append(command)
