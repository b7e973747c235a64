#!/usr/bin/env python3
"""Writes docs/results/method_cost.md: `bench cost` of every method at two sizes, one thread.

    python3 tests/benchmarks/baselines/method_cost.py --bench build/release/bench > docs/results/method_cost.md
"""

import argparse
import datetime
import json
import os
import subprocess
import time

SIZES = ("64x64", "320x480")
SPACE = ("all-parallel", "all-fusion", "alternating")
REPETITIONS = {"64x64": 10, "320x480": 3}


def facts(bench, *arguments):
    done = subprocess.run([bench, *arguments, "--json"], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def subjects(bench):
    """Names in the catalogue's order, but what costs nothing or cannot be built from its name."""
    names = [method["name"] for method in facts(bench, "ls", "methods")]
    return [name for name in names if name != "degraded"] + list(SPACE)


def measured(bench, name):
    """One record a size; None where the method cannot be measured."""
    return {
        size: facts(bench, "cost", name, "--size", size, "--repetitions", str(REPETITIONS[size]))
        for size in SIZES
    }


def scaled(value, unit, decimals):
    return "-" if value is None else f"{value / unit:,.{decimals}f}"


def row(name, records):
    small, large = (records[size] for size in SIZES)
    cells = [
        f"`{name}`",
        "RGB" if small["conditions"]["channels"] == 3 else "gray",
        "-" if small["parameters"] is None else f"{small['parameters']:,}",
    ]
    for record in (small, large):
        latency = record["latency_ms"]
        cells += [
            scaled(record["macs"], 1e9, 3),
            f"{latency['median']:,.1f}",
            f"{latency['lower_quartile']:,.1f} to {latency['upper_quartile']:,.1f}",
            scaled(record["peak_memory_bytes"], 2**20, 1),
        ]
    return "| " + " | ".join(cells) + " |"


def header():
    columns = ["method", "channels", "parameters"]
    for size in SIZES:
        columns += [f"MACs {size} (billion)", "latency (ms)", "quartiles (ms)", "peak memory (MiB)"]
    marks = ["---", "---"] + ["---:"] * (len(columns) - 2)
    return "| " + " | ".join(columns) + " |\n| " + " | ".join(marks) + " |"


def load_words(loads):
    return f"{min(loads):.1f} to {max(loads):.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", default="build/release/bench")
    bench = parser.parse_args().bench
    start, loads, rows, left_out = time.time(), [], [], []
    for name in subjects(bench):
        loads.append(os.getloadavg()[0])
        records = measured(bench, name)
        if None in records.values():
            left_out.append(name)
            continue
        rows.append(row(name, records))
        environment = records[SIZES[0]]["environment"]
    machine = "; ".join(f"{key}: {value}" for key, value in environment.items())
    minutes = (time.time() - start) / 60
    print(f"""# Cost of every method

Command: `python3 tests/benchmarks/baselines/method_cost.py > docs/results/method_cost.md`, {datetime.date.today()},
{minutes:.0f} min. It runs `bench cost METHOD --size SIZE` for each row: one thread, float32,
channels_last, one image, {REPETITIONS['64x64']} repetitions at {SIZES[0]} and {REPETITIONS['320x480']} at {SIZES[1]}.

Machine: {machine}; {os.cpu_count()} cores shared with other work (load {load_words(loads)}).

**What it shows.** Parameters and multiply-adds are exact: they are counted by walking the network. MACs are those of
the convolutions. Peak memory is what restoring one image adds to the process, weights included.

**What it cannot show.** Latencies are those of a busy machine: between two rows a factor of 1.5 may be
the machine's. Networks derived from a search ({', '.join(f'`{name}`' for name in left_out)}: left out) have no cost before one is found;
[complexity_accuracy.md](complexity_accuracy.md) has those of some that were. BM3D, NLM and WNNM are told sigma 25.

{header()}
""" + "\n".join(rows))


if __name__ == "__main__":
    main()
