"""The results as Markdown."""

from .subjects import ORIGINAL, SSH

HEAD = """\
# How fast it is

Written by `bench/run`; [README.md](README.md) says how, and what each row means. Trust the ratios
more than the numbers: all of a section was measured in turn, so that whatever else the machine did
disturbed all alike.
"""
COLUMNS = "| | median | min – max | ÷ ssh, open | ÷ original | goal |\n|---|---:|---:|---:|---:|---|\n"


def text(facts, before, after, results, micro, plan):
    parts = [HEAD, _facts(facts, before, after)]
    for section in dict.fromkeys(result.section for result in results):
        parts.append(_section(section, [result for result in results if result.section == section]))
    if micro:
        parts.append(_micro(micro))
    return "\n".join(parts)


def _facts(facts, before, after):
    rows = facts | {"busy before": str(before), "busy after": f"{after} (by the load average, with our own)"}
    lines = [f"| {name} | {value} |\n" for name, value in rows.items()]
    warning = "\n**The machine was busy with other things: these numbers are worth little.**\n"
    return "| | |\n|---|---|\n" + "".join(lines) + (warning if before.is_busy() else "")


def _section(title, results):
    out = [f"## {title}\n"]
    for measure in dict.fromkeys(result.measure for result in results):
        rows = [result for result in results if result.measure == measure]
        medians = {row.subject: row.median for row in rows}
        out.append(f"{measure[0].upper()}{measure[1:]}, {rows[0].unit}; {_rounds(rows)}:\n")
        out.append(COLUMNS + "".join(_row(row, medians) for row in rows))
        out += [f"{row.subject}: {note}.\n" for row in rows for note in row.notes]
    return "\n".join(out)


def _rounds(rows):
    count = len(rows[0].values)
    return f"{count} round" + ("s" if count > 1 else "")


def _row(row, medians):
    cells = [
        row.subject,
        _number(row.median),
        f"{_number(min(row.values))} – {_number(max(row.values))}",
        _ratio(row, medians, SSH),
        _ratio(row, medians, ORIGINAL),
        _goals(row, medians.get(SSH)),
    ]
    return "| " + " | ".join(cells) + " |\n"


def _ratio(row, medians, reference):
    if row.subject == reference or reference not in medians:
        return ""
    return f"{row.median / medians[reference]:.2f}"


def _goals(row, ssh):
    verdicts = {True: "met", False: "**missed**", None: "not comparable"}
    return ", ".join(f"{goal.text}: {verdicts[goal.is_met(row.median, ssh)]}" for goal in row.goals)


def _number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _micro(rows):
    head = "## Parts (JMH)\n\nTime for one output event, of so many bytes of output:\n\n"
    head += "| | bytes | compilers | mean | min – max | |\n|---|---:|---|---:|---:|---|\n"
    return head + "".join(
        f"| {row['name']} | {row['size']} | {row['compilers']} | {_number(row['time'])}"
        f" | {_number(row['spread'][0])} – {_number(row['spread'][1])} | {row['unit']} |\n"
        for row in rows
    )
