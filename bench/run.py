"""Times the two models through the public command beside the hand-written bound and SimPy, in turn, on one core; then
replications of a week of Noumea: ten times as many, two threads, two ranks, each beside its base in the same minute.

Usage: run.py PROGRAM FOLDER_OF_BOUNDS [ROUNDS]. Prints a Markdown table of medians and ratios; judges nothing.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

here = Path(__file__).resolve().parent
program, bounds = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
bound_items, simpy_items = 10_000_000, 100_000


def mailflow(model):
    """Items a second of the whole process: reading the YAML, running, writing the results. And events, peak kB."""
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        process = subprocess.Popen([program, "run", here / f"{model}.yaml", "--out", out + "/r", "--quiet"])
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"mailflow failed on {model}")
        results = json.loads(Path(out, "r", "results.json").read_text())
    return results["out"] / seconds, results["run"]["events"] / seconds, usage.ru_maxrss


def rival(command):
    items, seconds, *_ = subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout.split()
    return int(items) / float(seconds)


print("| model | what | items/s | ns/item | events/s | peak MB | mailflow is |")
print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
for model in ("mm1", "three-stations"):
    ours, bound, simpy = [], [], []
    for _ in range(rounds):
        ours.append(mailflow(model))
        bound.append(rival([bounds / f"bench_{model.replace('-', '_')}_bound", bound_items]))
        simpy.append(rival(["/usr/bin/python3", here / "simpy_models.py", model, simpy_items]))
    items, events, peak = (statistics.median(column) for column in zip(*ours))
    print(f"| {model} | mailflow, YAML to results | {items:,.0f} | {1e9 / items:.1f} | {events:,.0f} | {peak / 1024:.0f} | |")
    for name, rates in (("loop by hand", bound), ("SimPy", simpy)):
        ratio = statistics.median(a[0] / b for a, b in zip(ours, rates))
        rate = statistics.median(rates)
        print(f"| {model} | {name} | {rate:,.0f} | {1e9 / rate:.1f} | | | {ratio:.2f} x |")


def replications(number, threads=1, ranks=0):
    """Seconds of so many replications of a fortnight in Noumea, a week of it warm-up."""
    command = [program, "run", here.parent / "scenarios/noumea/today.yaml", "--until-day", 14, "--replications", number,
               "--threads", threads, "--quiet"]
    if ranks:
        command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", ranks, *command]
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], check=True,
                   env={**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"})
    return time.perf_counter() - start


print("\n| replications of a week in Noumea | s | beside | s | ratio |\n| --- | ---: | --- | ---: | ---: |")
cases = [("1,000", (1000,), "100", (100,)), ("400, two threads", (400, 2), "one thread", (400,))]
if shutil.which("mpirun"):
    cases.append(("400, two MPI ranks", (400, 1, 2), "one process", (400,)))
for name, case, base_name, base in cases:
    pairs = [(replications(*case), replications(*base)) for _ in range(rounds)]
    ratio = statistics.median(max(a, b) / min(a, b) for a, b in pairs)
    ours, theirs = (statistics.median(column) for column in zip(*pairs))
    print(f"| {name} | {ours:.2f} | {base_name} | {theirs:.2f} | {ratio:.2f} |")
