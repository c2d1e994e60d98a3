"""Receives webhooks: python receiver.py PORT, with the secret in CLADIST_WEBHOOK_SECRET."""

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60  # seconds that a message may be old
KEPT = 2 * 24 * 3600  # seconds; a message is tried again for a little over a day
LONGEST = 16 * 2**20
SECRET = base64.b64decode(os.environ["CLADIST_WEBHOOK_SECRET"].removeprefix("whsec_"))
seen = {}  # the messages that were handled, by id, and when they were sent; better in a database
lock = threading.Lock()  # two copies of one message may come at the same time


def fault(headers, body):
    """What is wrong with a message; nothing if it came from whoever knows the secret, just now."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) > TOLERANCE:
        return "The message is too old."
    digest = hmac.digest(SECRET, f"{message_id}.{sent}.".encode() + body, hashlib.sha256)
    expected = base64.b64encode(digest)
    for each in headers.get("webhook-signature", "").split():
        version, _, signature = each.partition(",")
        if version == "v1" and hmac.compare_digest(signature.encode(), expected):
            return ""
    return "The signature is wrong."


def once(message_id, sent, body):
    """Handle a message that is new; whether it is one that its sender sent."""
    with lock:
        before = seen.get(message_id)
        if before is None:
            handle(json.loads(body))
        elif sent <= before:
            return False  # a copy: who knows the secret signs each attempt anew
        seen[message_id] = sent
        for old in [each for each, at in seen.items() if at < time.time() - KEPT]:
            del seen[old]
    return True


def handle(event):
    """Whatever shall happen; it must be quick, or be put off until after the answer."""
    if event["type"] == "version.published":
        version = event["data"]["data"]
        print(event["data"]["taxonomy"], version["number"], len(version["changes"]), flush=True)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if not 0 <= length <= LONGEST:
            return self.answer(413)
        body = self.rfile.read(length)
        problem = fault(self.headers, body)
        if problem:
            print(problem, flush=True)
            return self.answer(401)
        sent = int(self.headers["webhook-timestamp"])
        return self.answer(204 if once(self.headers["webhook-id"], sent, body) else 409)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *told):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
