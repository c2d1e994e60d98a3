"""Receives webhooks: python receiver.py PORT, with the secret in CLADIST_WEBHOOK_SECRET."""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60  # seconds that a message may be old
LONGEST = 16 * 2**20
SECRET = base64.b64decode(os.environ["CLADIST_WEBHOOK_SECRET"].removeprefix("whsec_"))
seen = {}  # ids of messages that were handled, and when; a real one keeps them in its database


def fault(headers, body):
    """What is wrong with a message; nothing if it came from whoever knows the secret, just now."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdigit() or abs(time.time() - int(sent)) > TOLERANCE:
        return "The message is too old."
    digest = hmac.digest(SECRET, f"{message_id}.{sent}.".encode() + body, hashlib.sha256)
    expected = base64.b64encode(digest)
    for each in headers.get("webhook-signature", "").split():
        version, _, signature = each.partition(",")
        if version == "v1" and hmac.compare_digest(signature.encode(), expected):
            return "" if message_id not in seen else "The message was handled already."
    return "The signature is wrong."


def handle(event):
    """Whatever shall happen; it must be quick, or be put off until after the answer."""
    if event["type"] == "version.published":
        version = event["data"]["data"]
        print(event["data"]["taxonomy"], version["number"], len(version["changes"]), flush=True)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > LONGEST:
            return self.answer(413)
        body = self.rfile.read(length)
        problem = fault(self.headers, body)
        if problem:
            print(problem, flush=True)
            # What was handled is not wanted again; all else may be tried again.
            return self.answer(409 if "handled" in problem else 401)
        handle(json.loads(body))
        seen[self.headers["webhook-id"]] = time.time()
        for message_id in [each for each, at in seen.items() if at < time.time() - 2 * TOLERANCE]:
            del seen[message_id]
        return self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *told):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
