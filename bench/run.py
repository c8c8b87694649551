"""The benchmarks: ./mailflow bench [OPTION...] [PART...]

Prints Markdown: machine and date, one table of scenarios through the public command beside the same models written by
hand, for ns-3's bare scheduler and in SimPy, then event lists and replications. Judges nothing. bench/README.md says
how to read it.
"""
import argparse
import datetime
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
parts = {
    "models": "M/M/1, three stations and a staffed centre beside the loop by hand, ns-3 and SimPy; Noumea, SC60, a large centre",
    "lists": "event lists under the hold model",
    "replications": "of a week in Noumea: ten times as many, two threads, two MPI ranks; 1,000 of a fortnight",
    "nation": "a working day of 400 million items through 250 centres (minutes; only when asked for)",
}
columns = ["scenario", "by", "items/s", "events/s", "ns/event", "peak MB", "of the loop by hand", "x ns-3", "x SimPy"]


def arguments():
    parser = argparse.ArgumentParser(prog="mailflow bench", description=__doc__.split("\n\n", 1)[1],
                                     epilog="parts: " + "; ".join(f"{name}: {what}" for name, what in parts.items()))
    parser.add_argument("part", nargs="*", help=", ".join(parts) + "; all but nation when none is named")
    parser.add_argument("--rounds", type=int, default=5, help="alternating runs that medians are taken of (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures, each round's too")
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.rounds < 1 or not set(given.part) <= set(parts):
        parser.error(f"parts are {', '.join(parts)}; rounds at least 1")
    given.part = given.part or [part for part in parts if part != "nation"]
    return given


options = arguments()
program = options.build.resolve() / "mailflow"
folder = options.build.resolve() / "bench"


def timed(command, env=None):
    """Output, processor seconds, seconds by the clock and peak MB of a program, which must succeed. Of a program that
    runs several others (mpirun) the peak is the largest one's."""
    words = [str(word) for word in command]
    with tempfile.NamedTemporaryFile("r") as took:
        done = subprocess.run([folder / "bench_measure", took.name, *words], stdout=subprocess.PIPE, text=True, env=env)
        if done.returncode != 0:
            sys.exit(f"bench: this failed: {' '.join(words)}")
        processor, clock, peak = (float(figure) for figure in took.read().split())
    return done.stdout, processor, clock, peak / 1024


def mailflow(scenario, *more):
    """The whole process: reading the YAML, running, writing the results."""
    with tempfile.TemporaryDirectory() as out:
        _, seconds, clock, peak = timed([program, "run", scenario, "--out", f"{out}/r", "--quiet", *more])
        results = json.loads(Path(out, "r", "results.json").read_text())
    return {"items": results["out"], "events": results["run"]["events"], "seconds": seconds, "clock": clock, "peak": peak}


def rival(events_per_item, command):
    """A program that prints items and processor seconds of its loop alone."""
    text, _, clock, peak = timed(command)
    items, seconds, *_ = text.split()
    return {"items": int(items), "events": int(items) * events_per_item, "seconds": float(seconds), "clock": clock,
            "peak": peak}


def by_hand_and_simpy(days):
    """The staffed centre by hand, who counts his events, and for so many days in SimPy, whose are as many an item."""
    per_item = []

    def by_hand():
        text, _, clock, peak = timed([folder / "bench_staffed_bound"])
        items, seconds, events, *_ = text.split()
        per_item[:] = [int(events) / int(items)]
        return {"items": int(items), "events": int(events), "seconds": float(seconds), "clock": clock, "peak": peak}

    runs = {"loop by hand": by_hand}
    if has_simpy():
        runs["SimPy"] = lambda: rival(per_item[0], ["/usr/bin/python3", "-B", here / "simpy_staffed.py", days])
    return runs


def has_simpy():
    found = subprocess.run(["/usr/bin/python3", "-c", "import simpy"], capture_output=True).returncode == 0
    if not found:
        print("SimPy is not there (./mailflow setup bench)", file=sys.stderr)
    return found


def rivals(model, events):
    """Who else runs the model, and how: name -> command."""
    found = {"loop by hand": [folder / f"bench_{model.replace('-', '_')}_bound", 10_000_000]}
    if (folder / "bench_ns3").exists():
        found["ns-3"] = [folder / "bench_ns3", model, 1_000_000]
    else:
        print("ns-3 is not there (./mailflow setup bench)", file=sys.stderr)
    if has_simpy():
        found["SimPy"] = ["/usr/bin/python3", here / "simpy_models.py", model, 100_000]
    runs = {name: (lambda command=command: rival(events, command)) for name, command in found.items()}
    if model == "mm1":
        runs["Lindley's recursion, no events"] = lambda: rival(0, [folder / "bench_mm1_lindley", 10_000_000])
    return runs


def median(runs, figure):
    return statistics.median(figure(run) for run in runs)


def items_per_second(run):
    return run["items"] / run["seconds"]


def row(scenario, name, runs):
    events = median(runs, lambda run: run["events"] / run["seconds"])
    return {"scenario": scenario, "by": name, "items/s": median(runs, items_per_second), "events/s": events or None,
            "ns/event": 1e9 / events if events else None, "peak MB": median(runs, lambda run: run["peak"]), "rounds": runs}


def compared(scenario, file, others):
    """Rows of one scenario: each runs in turn, so that all meet the same minutes. Ratios are taken round by round."""
    runners = {"mailflow": lambda: mailflow(file), **others}
    runs = {name: [] for name in runners}
    for _ in range(options.rounds):
        for name, runner in runners.items():
            runs[name].append(runner())
    rows = [row(scenario, name, of_one) for name, of_one in runs.items()]
    for column, name in (("of the loop by hand", "loop by hand"), ("x ns-3", "ns-3"), ("x SimPy", "SimPy")):
        if name in runs:
            rows[0][column] = statistics.median(
                items_per_second(own) / items_per_second(other) for own, other in zip(runs["mailflow"], runs[name]))
    return rows


def cell(column, value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if column in ("of the loop by hand", "x one thread"):
        return f"{value:.2f}"
    if column in ("x ns-3", "ns/event", "s", "beside s", "ratio", "processor s", "beside, processor s"):
        return f"{value:.1f}" if abs(value) >= 10 or column == "x ns-3" else f"{value:.2f}"
    return f"{value:,.0f}"


def table(heads, rows):
    print("\n| " + " | ".join(heads) + " |")
    words = {head for head in heads if any(isinstance(line.get(head), str) for line in rows)}
    print("|" + "|".join(" --- " if head in words else " ---: " for head in heads) + "|")
    for line in rows:
        print("| " + " | ".join(cell(head, line.get(head)) for head in heads) + " |", flush=True)


def models():
    rows = compared("M/M/1, load 0.9", here / "mm1.yaml", rivals("mm1", 2))
    rows += compared("three stations", here / "three-stations.yaml", rivals("three-stations", 3))
    rows += compared("Nouméa, four weeks", here.parent / "scenarios/noumea/today.yaml", {})
    rows += compared("a year of SC60", here / "sc60-year.yaml", {})
    rows += compared("staffed centre, a year", here / "staffed-year.yaml", by_hand_and_simpy(14))
    with tempfile.TemporaryDirectory() as written:
        large = Path(written, "large-centre.yaml")
        large.write_bytes(subprocess.run([sys.executable, here / "large_centre.py"], check=True, stdout=subprocess.PIPE).stdout)
        rows += compared("large centre, 90 days", large, {})
    table(columns, rows)
    return rows


def lists():
    text, *_ = timed([folder / "bench_hold", options.rounds])
    found = {}
    for line in text.splitlines():
        law, pending, name, nanoseconds = line.split(",")
        found.setdefault(name, {}).setdefault(f"{law}, {int(pending):,}", []).append(float(nanoseconds))
    rows = [{"ns a hold": name, **{case: statistics.median(ns) for case, ns in cases.items()}, "rounds": cases}
            for name, cases in found.items()]
    table(["ns a hold", *next(iter(found.values()))], rows)
    return rows


def with_ranks(ranks, command):
    """A command as so many MPI ranks, and the environment in which Open MPI lets root do so."""
    environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", ranks, *command] if ranks else command, environment


def replications():
    """Seconds of so many replications of a fortnight in Noumea, a week of it warm-up: by the clock, and the processor's."""
    def run(number, threads=1, ranks=0):
        command = [program, "run", here.parent / "scenarios/noumea/today.yaml", "--until-day", 14, "--replications",
                   number, "--threads", threads, "--quiet"]
        _, processor, clock, _ = timed(*with_ranks(ranks, command))
        return clock, processor

    cases = [("1,000", (1000,), "100", (100,)), ("400, two threads", (400, 2), "one thread", (400,)),
             ("1,000, two threads", (1000, 2), "one thread", (1000,))]
    if shutil.which("mpirun"):
        cases.append(("400, two MPI ranks", (400, 1, 2), "one process", (400,)))
    heads = ["replications of a week in Nouméa", "s", "processor s", "beside", "beside s", "beside, processor s", "ratio"]
    rows = []
    for name, case, base_name, base in cases:
        pairs = [(run(*case), run(*base)) for _ in range(options.rounds)]
        (clock, processor), (base_clock, base_processor) = ([statistics.median(figure) for figure in zip(*runs)]
                                                            for runs in zip(*pairs))
        ratio = statistics.median(max(a, b) / min(a, b) for (a, _), (b, _) in pairs)
        rows.append({**dict(zip(heads, (name, clock, processor, base_name, base_clock, base_processor, ratio))), "rounds": pairs})
    table(heads, rows)
    return rows


def nation():
    """A working day of 400 million items through 250 centres and their links, in lots of 50 and item by item: seconds by
    the clock, the whole process each."""
    def run(folder, threads=1, ranks=0):
        out = f"{folder}/results"
        _, seconds, clock, peak = timed(*with_ranks(ranks, [program, "run", f"{folder}/network.yaml", "--out", out,
                                                            "--threads", threads, "--quiet"]))
        text = Path(out, "results.json").read_text()
        results = json.loads(text)
        return {"items": results["delivered"], "events": results["run"]["events"], "seconds": clock, "processor": seconds,
                "peak": peak, "results": hashlib.sha256(text.encode()).hexdigest()}

    ways = {"one thread": (1,), "two threads": (2,)}
    if shutil.which("mpirun"):
        ways["two MPI ranks"] = (1, 2)
    rows = []
    for lot, name, rounds in ((50, "a nation, lots of 50", options.rounds),
                              (1, "a nation, item by item", max(1, options.rounds // 5))):
        runs = {way: [] for way in ways}
        with tempfile.TemporaryDirectory() as folder:
            timed([program, "generate", "--centres", 250, "--items", 400_000_000, "--lot", lot, "--out", folder])
            for _ in range(rounds):
                for way, how in ways.items():
                    runs[way].append(run(folder, *how))
        if len({one["results"] for of_way in runs.values() for one in of_way}) > 1:
            sys.exit("bench: the nation's results are not the same for all threads and ranks")
        alone = runs["one thread"]
        for way, of_way in runs.items():
            rows.append({**row(name, way, of_way), "items": of_way[0]["items"], "events": of_way[0]["events"],
                         "s": median(of_way, lambda one: one["seconds"]),
                         "processor s": median(of_way, lambda one: one["processor"]),
                         "x one thread": statistics.median(a["seconds"] / b["seconds"] for a, b in zip(alone, of_way))})
    table(["scenario", "by", "items", "events", "s", "processor s", "x one thread", "items/s", "events/s", "ns/event",
           "peak MB"], rows)
    return rows


def machine():
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.M)
    return (f"{found.group(1) if found else 'processor unknown'}, {os.cpu_count()} cores, "
            f"{int(memory.group(1)) // 2**20 if memory else 0} GB")


def main():
    measured = {"machine": machine(), "date": datetime.date.today().isoformat(), "rounds": options.rounds,
                "load at start": os.getloadavg()[0]}
    print(f"{measured['machine']}; {measured['date']}; medians of {options.rounds} alternating rounds; "
          f"{measured['load at start']:.1f} other programs running", flush=True)
    for part in options.part:
        measured[part] = globals()[part]()
        if options.json:
            options.json.write_text(json.dumps(measured, indent=1))


main()
