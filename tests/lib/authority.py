"""The server of tests/lib/authority.bash: what openssl ts answers, by HTTP."""
import http.server
import os
import subprocess
import sys

folder = sys.argv[1]


def has(name):
    return os.path.exists(os.path.join(folder, name))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        path = os.path.join(folder, "query")
        with open(path, "wb") as f:
            f.write(query)
        if has("other"):
            subprocess.run(["openssl", "ts", "-query", "-data", "/dev/null", "-sha256", "-cert", "-out", path],
                           check=True)
        done = subprocess.run(["openssl", "ts", "-reply", "-config", os.path.join(folder, "ts.conf"),
                               "-queryfile", path], capture_output=True)
        answer = b"no stamp" if has("junk") else done.stdout
        refused = has("refuse") or self.headers["Content-Type"] != "application/timestamp-query"
        self.send_response(503 if refused else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(os.path.join(folder, "port.new"), "w") as f:
    f.write(str(server.server_port))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()
