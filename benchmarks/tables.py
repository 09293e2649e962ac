"""Formats figures as text, and writes them into the documents between markers."""

import re

WIDTH = 44


def text(name, part):
    """The table of a part for the terminal."""
    lines = [f"{name} (load {part['loadBefore']} before, {part['loadAfter']} after)"]
    lines.append(f"{'':{WIDTH}}  {'wall: median (min to max)':>27}  {'CPU':>8}  {'peak':>8}  commands")
    for row in part["rows"]:
        cells = _cells(row)
        lines.append(
            f"{row['name']:{WIDTH}}  {cells[0]:>27}  {cells[1]:>8}  {cells[2]:>8}  {cells[3]:>8}"
        )
    return "\n".join(lines) + "\n"


def _cells(row):
    """Wall, CPU, memory, commands."""
    if "seconds" in row:
        return [f"{row['seconds']:.3f} s", "", "", ""]
    if "milliseconds" in row:
        return [_span(row["milliseconds"], 1, "ms"), "", "", ""]
    return [
        _span(row["wallSeconds"], 1000, "ms"),
        f"{row['cpuSeconds']['median'] * 1000:,.0f} ms",
        f"{row['peakMib']['median']:.0f} MiB",
        str(row["commands"]),
    ]


def _span(values, factor, unit):
    digits = 1 if factor == 1 else 0

    def number(key):
        return f"{values[key] * factor:,.{digits}f}"

    return f"{number('median')} {unit} ({number('min')} to {number('max')})"


def markdown(part, columns=("wall clock: median (min to max)", "CPU", "memory", "commands")):
    """The table of a part for a document."""
    count = len(columns)
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "--:|" * count]
    for row in part["rows"]:
        lines.append(f"| {row['name']} | " + " | ".join(_cells(row)[:count]) + " |")
    return "\n".join(lines)


def _machine(measured):
    its = measured["machine"]
    loads = [part[key] for part in measured["parts"].values() for key in ("loadBefore", "loadAfter")]
    return (
        f"{its['cpu']}, {its['processors']} processors, {its['memoryGib']} GiB, Linux"
        f" {its['kernel']}, {its['java']}; load {min(loads)} to {max(loads)} while it was measured."
    )


def write_docs(top, measured):
    """Replaces the text between the markers; a part that was not measured stays as it was."""
    blocks = {"machine": _machine(measured)}
    for name, part in measured["parts"].items():
        short = name in ("warm", "image")
        blocks[name] = markdown(part, ("median (min to max)",)) if short else markdown(part)
    if "converged" in measured["parts"]:
        blocks["converged"] += "\n\n" + _slope(measured["parts"]["converged"]["rows"])
        blocks["summary"] = _summary(measured)
    for document in ("docs/performance.md", "README.md"):
        _fill(f"{top}/{document}", blocks)


def _summary(measured):
    """The few lines of the README."""
    parts = measured["parts"]
    rows = list(parts["converged"]["rows"])
    rows += parts.get("first-run", {}).get("rows", [])
    return markdown({"rows": rows}) + "\n\n" + _machine(measured)


def _slope(rows):
    """What one more guest costs, from the two largest hosts."""
    few, many = sorted(rows, key=lambda row: row["guests"])[-2:]
    more = many["guests"] - few["guests"]
    cpu = (many["cpuSeconds"]["median"] - few["cpuSeconds"]["median"]) / more
    wall = (many["wallSeconds"]["median"] - few["wallSeconds"]["median"]) / more
    return (
        f"One more guest costs {wall * 1000:.2f} ms of wall clock and {cpu * 1000:.2f} ms of CPU"
        f" between {few['guests']:,} and {many['guests']:,} guests."
    )


def _fill(path, blocks):
    with open(path, encoding="utf-8") as file:
        content = file.read()

    def block(match):
        name = match.group(1)
        return f"{match.group(0).splitlines()[0]}\n{blocks[name]}\n<!-- end -->" \
            if name in blocks else match.group(0)

    filled = re.sub(r"<!-- benchmarks/run: ([a-z-]+) -->\n.*?<!-- end -->", block, content,
                    flags=re.S)
    with open(path, "w", encoding="utf-8") as file:
        file.write(filled)
