"""How many citations a second the web service answers: ``python tests/benchmarks/server.py``

Needs the program wrk. Starts a server of its own on the loopback interface, asks it for a
while, and prints the rate, the latency, and how the server's memory has grown.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PORT = 8765
SECONDS = 10
BODY = {
    "style": "apa",
    "output": "text",
    "records": [
        {
            "id": "1",
            "type": "article-journal",
            "title": "On archives and their readers",
            "author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Rita"}],
            "container-title": "Journal of Archives",
            "volume": "12",
            "page": "1-20",
            "issued": {"date-parts": [[2001]]},
        }
    ],
    "cites": [{"id": "1", "locator": "12"}],
}
SCRIPT = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[{body}]==]
"""


def load(path: str, connections: int, seconds: int, *options: str) -> str:
    """What wrk says of asking for this path, a line for each number that counts."""
    url = f"http://127.0.0.1:{PORT}{path}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *options, url]
    out = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    wanted = re.findall(r"^ *((?:50%|99%|Requests/sec|Non-2xx|Socket errors).*)$", out, re.M)
    return "; ".join(" ".join(line.split()) for line in wanted)


def memory(process: subprocess.Popen[bytes]) -> int:
    """Resident memory in kB."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found.group(1)) if found else 0


def main() -> None:
    """Start, ask, print."""
    server = subprocess.Popen([sys.executable, "-m", "citekit", "serve", "--port", str(PORT)])
    try:
        time.sleep(3)
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(SCRIPT.replace("{body}", json.dumps(BODY)))
            script.flush()
            load("/v1/cite", 8, 2, "-s", script.name)
            before = memory(server)
            print("constant body:", load("/health", 16, SECONDS))
            print("one citation: ", load("/v1/cite", 16, SECONDS, "-s", script.name))
            print("one at a time:", load("/v1/cite", 1, SECONDS, "-s", script.name))
            print(f"memory: {before} kB, after all of it {memory(server)} kB")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
