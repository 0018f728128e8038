"""Turns a picture into a video: upload, run, poll, callback, verify, list. Standard library only.

Usage: caller.py PICTURE, with RUNFLOW_BASE_URL, RUNFLOW_API_KEY and RUNFLOW_WEBHOOK_SECRET in the environment.
"""
import hashlib
import hmac
import http.server
import json
import mimetypes
import os
import pathlib
import queue
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid

BASE_URL = os.environ["RUNFLOW_BASE_URL"].rstrip("/")
API_KEY = os.environ["RUNFLOW_API_KEY"]
SECRET = os.environ["RUNFLOW_WEBHOOK_SECRET"]
MODEL = "alibaba/wan/v2.7/image-to-video"


def call(method, path, body=None):
    """Calls the API and returns the status and the answer."""
    request = urllib.request.Request(
        BASE_URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.status, json.load(response)


def upload(picture):
    """Uploads a file in three steps and returns the asset."""
    content, mime_type = picture.read_bytes(), mimetypes.guess_type(picture.name)[0]
    status, slot = call("POST", "/v1/asset-uploads", {"filename": picture.name, "mime_type": mime_type, "size_bytes": len(content)})
    assert status == 201
    put = urllib.request.Request(slot["upload_url"], method="PUT", data=content, headers={"Content-Type": mime_type})
    urllib.request.urlopen(put, timeout=60).close()
    status, asset = call("POST", f"/v1/asset-uploads/{slot['asset_id']}/confirmations", {"folder_id": None})
    assert status == 201
    return asset


def poll(run_id):
    """Waits until the run has ended."""
    while True:
        _, run = call("GET", f"/v1/runs/{run_id}?add_signature=true")
        if run["status_code"] in ("succeeded", "failed", "canceled"):
            return run
        time.sleep(1)


def is_genuine(body, signature):
    return hmac.compare_digest(hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest(), signature)


class Receiver(http.server.BaseHTTPRequestHandler):
    """Receives callbacks. In production this is a route of your web application."""

    arrived = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.arrived.put((body, self.headers.get("Runflow-Signature", "")))

    def log_message(self, *arguments):
        pass


def main():
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()

    asset = upload(pathlib.Path(sys.argv[1]))
    print("uploaded", asset["id"], asset["mime_type"], asset["size_bytes"])

    reference = f"order-{uuid.uuid4()}"
    status, run = call("POST", f"/v1/models/{MODEL}/runs", {
        "input": {"image_url": asset["url"], "prompt": "slow push in", "duration": 2, "resolution": "720p"},
        "callback_url": f"http://127.0.0.1:{receiver.server_port}/runflow",
        "metadata": {"order": 42},
        "client_ref": reference,
    })
    assert status == 201 and run["status_code"] == "queued"
    print("created", run["id"])

    run = poll(run["id"])
    print("ended", run["status_code"], run["failure_message"] or run["cost"])
    video = urllib.request.urlopen(run["output"]["outputs"][0]["url"], timeout=60).read()
    print("downloaded", len(video))

    body, signature = Receiver.arrived.get(timeout=60)
    callback = json.loads(body)
    print("callback", callback["event"], callback["run_id"] == run["id"], is_genuine(body, signature), is_genuine(body + b" ", signature))

    query = urllib.parse.urlencode({"q": f"client_ref.EQ:'{reference}'", "fields": "id,status_code", "sort_by": "created_at:asc", "limit": 100})
    print("listed", json.dumps(call("GET", f"/v1/runs?{query}")[1]["items"], separators=(",", ":")))


main()
