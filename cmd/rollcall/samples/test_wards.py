"""The client of an application, tested against the mock: one server, a world for each test, no reset."""

import json
import os
import subprocess
import unittest
import urllib.error
import urllib.request

MOCK = os.environ.get("ROLLCALL_URL")
TOKEN = os.environ.get("ROLLCALL_ADMIN_TOKEN")


def setUpModule():
    """Starts the mock on a free port, unless ROLLCALL_URL names one that runs."""
    global MOCK
    if MOCK:
        return
    binary = os.environ.get("ROLLCALL_BINARY", "rollcall")
    mock = subprocess.Popen([binary, "mock", "council", "--port", "0"], stdout=subprocess.PIPE, text=True)
    unittest.addModuleCleanup(mock.communicate)
    unittest.addModuleCleanup(mock.terminate)
    ready = mock.stdout.readline().split()
    if ready[:1] != ["ready:"]:
        raise RuntimeError(f"the mock does not start: {' '.join(ready)}")
    MOCK = ready[1]


def call(method, url, headers, body=None):
    """Sends a request; gives status and body of the answer, whatever the status."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {**headers, "Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


def admin(method, path, body=None):
    status, answer = call(method, MOCK + "/__admin" + path, {"Authorization": f"Bearer {TOKEN}"} if TOKEN else {}, body)
    if status >= 300:
        raise RuntimeError(f"{method} {path}: {status} {answer}")
    return answer


class Wards:
    """What is under test: it knows a base address and a credential, and nothing of worlds."""

    def __init__(self, base, headers):
        self.base, self.headers = base, headers

    def list(self):
        return call("GET", self.base + "/api/wards", self.headers)[1]

    def add(self, name):
        return call("POST", self.base + "/api/wards", self.headers, {"name": name})


class WardsTest(unittest.TestCase):
    def setUp(self):
        target = admin("GET", "/targets/council")
        self.world = admin("POST", "/worlds")["id"]
        self.addCleanup(admin, "DELETE", f"/worlds/{self.world}")
        path = target["url"][len(MOCK):]
        self.wards = Wards(f"{MOCK}/__worlds/{self.world}{path}", target["personas"]["default"]["headers"])

    def test_adds_a_ward(self):
        self.assertEqual(self.wards.add("Harbour")[0], 201)
        self.assertIn("Harbour", [ward["name"] for ward in self.wards.list()])

    def test_adds_the_same_ward_in_another_world(self):
        self.assertEqual(self.wards.add("Harbour")[0], 201)

    def test_is_refused_a_name_that_is_taken(self):
        self.wards.add("Harbour")
        status, body = self.wards.add("Harbour")
        self.assertEqual(status, 409)
        self.assertIn("Harbour", body["error"])

    def test_the_clock_is_the_worlds_own(self):
        admin("PUT", f"/worlds/{self.world}/clock", {"now": "2026-11-01T09:00:00Z", "frozen": True})
        _, ward = self.wards.add("Harbour")
        self.assertTrue(ward["createdAt"].startswith("2026-11-01T09:00:00"), ward)


if __name__ == "__main__":
    unittest.main()
