"""The console under traffic for as long as wanted: its memory and the time of its pages, minute by minute. No test: it tells numbers and judges none.

    python Tests/Browser/console_soak.py --heed .build/release/heed --minutes 60 --tickets 200

Broker, worker, console and whoever writes are processes of their own, so that the memory is the console's alone. The traffic is the demo's, again
and again, with customers, tickets and orders of its own in each pass and a week later. `make soak-console` runs it for three minutes, MINUTES=60 for an hour.
"""

import argparse
import datetime
import json
import pathlib
import re
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

PAGES = ["/", "/queue", "/explain", "/scorecard", "/policy", "/fleet"]
LOADS = 10
DAY = re.compile(r'(?<=")\d{4}-\d\d-\d\d(?=T)')
OWN = re.compile(r'("(?:id|ticketId|customerId|partitionkey)":")([^"*]+)"')
# Wherever it stands, as customers name their orders, too.
ORDER = re.compile(r"\bLL-\d{5}\b")


class Processes:
    """What was started, and ends with us."""

    def __init__(self, heed, folder):
        self.heed, self.folder, self.started = heed, folder, []

    def start(self, name, *arguments, **options):
        log = open(self.folder / f"{name}.log", "w")
        process = subprocess.Popen([self.heed, *arguments], stdout=log, stderr=log, **options)
        self.started.append(process)
        return process

    def end(self):
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def waiting_for(what, seconds=60):
    """What `what` gives, as soon as it gives something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = what()
            if found:
                return found
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit("it did not start in time; see the logs")


def traffic(events):
    """The demo's events for ever: in each pass others' orders and tickets, a week later. With each, whether it is a customer's message."""
    number = 0
    while True:
        weeks = datetime.timedelta(days=7 * number)
        for line, is_message in events:
            line = ORDER.sub(rf"\g<0>{number:05}", OWN.sub(rf'\g<1>\g<2>-{number}"', line))
            yield DAY.sub(lambda day: (datetime.date.fromisoformat(day[0]) + weeks).isoformat(), line), is_message
        number += 1


def demo_events(heed):
    lines = subprocess.run([heed, "demo", "--print-events"], check=True, capture_output=True, text=True).stdout.splitlines()
    def is_message(line):
        event = json.loads(line)
        return event["type"] == "heed.ticket.opened.v1" or (
            event["type"] == "heed.ticket.message.v1" and event["data"]["author"]["kind"] == "customer")
    return [(line, is_message(line)) for line in lines]


def write(pipe, events, rate, sent, over):
    started = time.monotonic()
    for line, is_message in traffic(events):
        if over.is_set():
            break
        try:
            pipe.write(line + "\n")
        except (BrokenPipeError, ValueError):
            break
        sent["events"] += 1
        if is_message:
            sent["messages"] += 1
            ahead = sent["messages"] / rate - (time.monotonic() - started)
            if ahead > 0.02:
                pipe.flush()
                time.sleep(ahead)


def follow(origin, over):
    """Somebody has a page open that follows."""
    while not over.is_set():
        try:
            with urllib.request.urlopen(origin + "/live", timeout=30) as stream:
                while not over.is_set() and stream.readline():
                    pass
        except OSError:
            time.sleep(1)


def resident(process):
    """MiB."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def loads(origin):
    """Median and worst time of each page in milliseconds, and its size."""
    times = {}
    for path in PAGES:
        taken, size = [], 0
        for _ in range(LOADS):
            started = time.monotonic()
            size = len(urllib.request.urlopen(origin + path, timeout=30).read())
            taken.append((time.monotonic() - started) * 1000)
        times[path] = (statistics.median(taken), max(taken), size)
    return times


def decided(ops):
    """Records that the worker has read and decided."""
    text = urllib.request.urlopen(ops + "/metrics", timeout=10).read().decode()
    return int(sum(float(value) for value in re.findall(r"^heed_records_total(?:\{[^}]*\})? (\S+)", text, re.M)))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--heed", default=".build/release/heed")
    options.add_argument("--minutes", type=int, default=3)
    options.add_argument("--tickets", type=float, default=200, help="messages of customers a second")
    options.add_argument("--port", type=int, default=18181)
    chosen = options.parse_args()
    origin, ops = f"http://127.0.0.1:{chosen.port}", f"http://127.0.0.1:{chosen.port + 1}"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-soak-"))
    processes, over, sent = Processes(chosen.heed, folder), threading.Event(), {"events": 0, "messages": 0}
    events = demo_events(chosen.heed)
    try:
        address = folder / "address"
        processes.start("broker", "dev-broker", "--address-file", str(address))
        broker = waiting_for(lambda: address.exists() and address.read_text().strip())
        processes.start(
            "worker", "worker", "--bootstrap", broker, "--set", "processing.guarantee=at_least_once",
            "--set", f"ops.address=127.0.0.1:{chosen.port + 1}", "--set", "log.level=warning")
        console = processes.start("console", "console", "--bootstrap", broker, "--listen", f"127.0.0.1:{chosen.port}")
        waiting_for(lambda: urllib.request.urlopen(ops + "/ready", timeout=5).status == 200)
        waiting_for(lambda: urllib.request.urlopen(origin + "/", timeout=5).status == 200)
        # The embedded broker answers a fetch with one batch of each partition: batches of few records would hold the worker up.
        producer = processes.start(
            "producer", "produce", "--bootstrap", broker, "--set", "librdkafka.linger.ms=100", stdin=subprocess.PIPE, text=True)
        threading.Thread(target=write, args=(producer.stdin, events, chosen.tickets, sent, over), daemon=True).start()
        threading.Thread(target=follow, args=(origin, over), daemon=True).start()
        print(f"logs in {folder}; per page the median and the worst of {LOADS} loads in ms")
        print("minute  messages/s  read of sent   console MiB  " + "  ".join(f"{path:>12}" for path in PAGES), flush=True)
        before, since = 0, time.monotonic()
        for minute in range(1, chosen.minutes + 1):
            time.sleep(60)
            times = loads(origin)
            rate = (sent["messages"] - before) / (time.monotonic() - since)
            before, since = sent["messages"], time.monotonic()
            read = f"{decided(ops)}/{sent['events']}"
            cells = "  ".join(f"{times[path][0]:5.0f} /{times[path][1]:5.0f}" for path in PAGES)
            print(f"{minute:6}  {rate:10.0f}  {read:>13}  {resident(console):11.1f}  {cells}", flush=True)
        print("bytes: " + ", ".join(f"{path} {times[path][2]}" for path in PAGES))
    finally:
        over.set()
        processes.end()


if __name__ == "__main__":
    main()
