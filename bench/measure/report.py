"""The results as Markdown."""

from .goals import ALL, VERDICTS, verdict
from .plan import QUICK

HEAD = """\
# How fast it is

Written by `bench/run`; [README.md](README.md) says how, and what each row means. Trust the ratios
more than the numbers: all of a section was measured in turn, so that whatever else the machine did
disturbed all alike.
"""
QUICK_TRY = "**A quick try, of whether all works: none of these numbers means anything.**\n"
BUSY = "\n**The machine was busy with other things: these numbers are worth little.**\n"
GOALS = "## Goals\n\n{whose}\n\n| goal | | | came out | spread of the rounds | |\n|---|---|---|---:|---:|---|\n"
SPREADS = {False: "min – max", True: "quartiles (min – max)"}


def text(facts, before, after, sections, missing, plan, subjects):
    parts = [HEAD]
    if plan is QUICK:
        parts.append(QUICK_TRY)
    if missing:
        parts.append(f"**Not measured (yet, or the run was cut short): {', '.join(missing)}.**\n")
    parts += [_goals(sections, subjects), _facts(facts, before, after)]
    return "\n".join(parts + [_section(section) for section in sections])


def _facts(facts, before, after):
    rows = facts | {"busy before": str(before)}
    if after:
        rows["busy after"] = f"{after} (by the load average, with our own)"
    lines = [f"| {name} | {value} |\n" for name, value in rows.items()]
    return "| | |\n|---|---|\n" + "".join(lines) + (BUSY if before.is_busy() else "")


def _goals(sections, subjects):
    """Of each distribution, or without one, of whatever is ours: each goal, and what came of it."""
    mine = [subject for subject in subjects if subject.is_distribution]
    whose = "Those of the distributions; the others' are with their rows below."
    if not mine:
        mine = [subject for subject in subjects if subject.is_ours]
        whose = "There was no distribution here to measure."
    rows = [row for goal in ALL for row in _goal_rows(goal, sections, mine)]
    return GOALS.format(whose=whose) + "".join(rows)


def _goal_rows(goal, sections, mine):
    section = next((section for section in sections if section.name == goal.section), None)
    rows = [_goal_cells(goal, section, subject.name) for subject in mine if section and goal.concerns(subject)]
    rows = rows or [["", "", "", "not measured"]]
    return [f"| {goal.what} | {goal.text()} | " + " | ".join(row) + " |\n" for row in rows]


def _goal_cells(goal, section, name):
    results, remark = section.results(), section.remarks().get(name, "")
    row = next((row for row in results if row.subject == name and goal in row.goals), None)
    if row is None:
        return [name, "", "", f"{VERDICTS[False]} ({_safe(remark)})" if remark else "not measured"]
    references = {each.subject: each for each in results if each.measure == row.measure}
    series = goal.series(row, references)
    cells = (_number(series.middle), series.spread(_number)) if series else ("", "")
    met = VERDICTS[verdict(goal, row, references, remark)]
    return [name, *cells, met + (f" ({_safe(remark)})" if remark else "")]


def _section(section):
    out = [f"## {section.title}\n"]
    if section.failure:
        out.append(f"**Broke off: {_safe(section.failure)}.**\n")
    if section.lead:
        out.append(section.lead + "\n")
    results, remarks = section.results(), section.remarks()
    without = [name for name in remarks if not any(row.subject == name for row in results)]
    for measure in dict.fromkeys(result.measure for result in results):
        rows = [result for result in results if result.measure == measure]
        out.append(f"{measure[0].upper()}{measure[1:]}, {rows[0].unit}; {_rounds(rows)}:\n")
        many = any(row.alone().has_quartiles() for row in rows)
        table = _columns(section, SPREADS[many]) + "".join(_row(section, row, rows, remarks) for row in rows)
        out.append(table + "".join(_row_without(section, name, remarks) for name in without))
        without = []  # said once
    if without:
        rows = "".join(_row_without(section, name, remarks) for name in without)
        out.append(_columns(section, SPREADS[False]) + rows)
    if section.micro:
        out.append(_micro(section.micro))
    return "\n".join(out)


def _columns(section, spread):
    beside = "".join(f" ÷ {name.removeprefix('the ')} |" for name in section.references)
    return f"| | median | {spread} |{beside} goal |\n|---|---:|---:|{'---:|' * len(section.references)}---|\n"


def _rounds(rows):
    count = max(len(row.values) for row in rows)
    return f"{count} round" + ("s" if count > 1 else "")


def _row(section, row, rows, remarks):
    references = {each.subject: each for each in rows}
    remark = remarks.get(row.subject, "")
    notes = [f"{goal.text()}: {VERDICTS[verdict(goal, row, references, remark)]}" for goal in row.goals]
    if len(row.values) < max(len(each.values) for each in rows):
        remark = f"{_rounds([row])}; {remark}"
    cells = [
        row.subject,
        _number(row.median),
        row.alone().spread(_number),
        *(_ratio(row, references, name) for name in section.references),
        ", ".join(notes + ([f"**{_safe(remark)}**"] if remark else [])),
    ]
    return "| " + " | ".join(cells) + " |\n"


def _row_without(section, name, remarks):
    return f"| {name} | – | – |{' |' * len(section.references)} **{_safe(remarks[name])}** |\n"


def _ratio(row, references, name):
    if row.subject == name or name not in references:
        return ""
    return f"{row.over(references[name]).middle:.2f}"


def _safe(text):
    return text.replace("|", "\\|").replace("\n", " ")


def _number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _micro(rows):
    head = "Time for one output event, of so many bytes of output:\n\n"
    head += "| | bytes | compilers | mean | min – max | |\n|---|---:|---|---:|---:|---|\n"
    return head + "".join(
        f"| {row['name']} | {row['size']} | {row['compilers']} | {_number(row['time'])}"
        f" | {_number(row['spread'][0])} – {_number(row['spread'][1])} | {row['unit']} |\n"
        for row in rows
    )
