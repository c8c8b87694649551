"""Writes a large centre in mailflow's language: large_centre.py [DAYS] > large-centre.yaml. The same bytes every time.

Four halls of 15 stations each, 40 teams who may work in every hall, 2,000 destinations, 300 departures with two trips a
day, some 390,000 items a day in lots. Mail comes to any hall and is sorted to the hall of its destination.
"""
import sys

days = int(sys.argv[1]) if len(sys.argv) > 1 else 90
halls = range(1, 5)
per_hall = 500
departures_per_hall = 75
names = {h: [f"d{h}{i:03d}" for i in range(per_hall)] for h in halls}


def shares(hall):
    """In thousandths of a per cent, 100 % in all: a few towns get much, most little."""
    weight = [1 / (1 + i % 25) for i in range(per_hall)]
    units = [max(1, round(100_000 * w / sum(weight))) for w in weight]
    units[0] += 100_000 - sum(units)
    return ", ".join(f"{name}: {unit / 1000:.3f} %" for name, unit in zip(names[hall], units))


def everywhere():
    return ", ".join(f"{name}: 0.05 %" for hall in halls for name in names[hall])


def plan(station):
    return ", ".join(f"{name}: {station}-{hall}" for hall in halls for name in names[hall])


def arrivals():
    for hall in halls:
        for k, times in enumerate((("06:30", "20:30"), ("10:00", "17:30"), ("19:00", "02:30"))):
            to = (hall + k - 1) % 4 + 1
            at = ", ".join(f'"{time}"' for time in times)
            yield f"""  lorries-{hall}-{to}:
    at: [{at}]
    days: Mon-Sat
    late_by: lognormal(mean 12 min, sd 18 min)
    items: {{letter: normal(mean 14000, sd 1500), flat: normal(mean 2700, sd 300), registered: poisson(300)}}
    to: *hall-{to}
    into: dock-{hall}"""
        yield f"""  gate-{hall}:
    rate: {{Mon-Sat: {{"07:00": 430 items/h, "12:00": 850 items/h, "20:00": 580 items/h, "23:00": 80 items/h}},
           Sun: {{"07:00": 60 items/h}}}}
    mix: {{packet: 60 %, parcel: 40 %}}
    to: *everywhere
    into: split-{hall}"""


def stations(h):
    return f"""  dock-{h}: {{kind: manual, skill: dock, positions: 8, rate: 5000 items/h per agent, next: split-{h}}}
  split-{h}: {{kind: manual, skill: sorting, positions: 8, rate: 5000 items/h per agent, queue: {{order: priority}},
    next: {{letter: facing-{h}, flat: flat-sorter-{h}, packet: packets-{h}, parcel: parcel-sorter-{h},
           registered: registered-{h}}}}}
  facing-{h}: {{kind: manual, skill: sorting, positions: 10, rate: 3000 items/h per agent, queue: {{order: earliest due}},
    next: letter-sorter-{h}}}
  letter-sorter-{h}: {{kind: machine, machines: 3, rate: 9000 items/h, crew: {{skill: machine, needs: 2}},
    rejects: {{share: 5 %, next: hand-{h}}}, no_reads: {{share: 8 %, next: coding-{h}}},
    breaks_down: {{every: exponential(15 h), for: lognormal(mean 35 min, sd 30 min)}}, queue: {{order: earliest due}},
    next: {{sort_plan: bagged}}}}
  flat-sorter-{h}: {{kind: machine, machines: 2, rate: 6000 items/h, crew: {{skill: machine, needs: 2}},
    rejects: {{share: 10 %, next: flats-{h}}}, breaks_down: {{every: exponential(20 h), for: lognormal(mean 30 min, sd 20 min)}},
    queue: {{order: earliest due}}, next: {{sort_plan: bagged}}}}
  parcel-sorter-{h}: {{kind: machine, machines: 10, service: "triangular(15 s, 25 s, 60 s) per item",
    crew: {{skill: parcels, needs: 1}},
    breaks_down: {{every: exponential(30 h), for: lognormal(mean 20 min, sd 15 min)}}, queue: {{order: earliest due}},
    next: {{sort_plan: loose}}}}
  coding-{h}: {{kind: manual, skill: coding, positions: 6, rate: 900 items/h per agent, queue: {{order: earliest due}},
    next: {{sort_plan: bagged}}}}
  hand-{h}: {{kind: manual, skill: sorting, positions: 8, rate: 600 items/h per agent, queue: {{order: earliest due}},
    next: {{sort_plan: bagged}}}}
  flats-{h}: {{kind: manual, skill: sorting, positions: 8, rate: 350 items/h per agent, queue: {{order: earliest due}},
    next: {{sort_plan: bagged}}}}
  packets-{h}: {{kind: manual, skill: parcels, positions: 10, rate: 270 items/h per agent, queue: {{order: earliest due}},
    next: {{sort_plan: loose}}}}
  registered-{h}: {{kind: manual, skill: registered, positions: 12, rate: 60 items/h per agent, queue: {{order: earliest due}},
    next: {{sort_plan: bagged}}}}
  bags-{h}: {{kind: bagging, items: 250 items, at_most: 1 h, next: walk-{h}}}
  belt-{h}: {{kind: conveyor, takes: 4 min, next: bay-{h}}}
  walk-{h}: {{kind: walk, takes: "uniform(2 min, 8 min)", next: bay-{h}}}
  bay-{h}: {{kind: bay, queue: {{order: priority}}}}"""


def teams(h):
    of = {"morning": (6, 4, "sorting: 100 %, machine: 100 %, dock: 80 %"),
          "evening": (14, 8, "sorting: 100 %, machine: 100 %, dock: 90 %, coding: 80 %"),
          "night": (7, 5, "sorting: 100 %, machine: 100 %, dock: 80 %"),
          "parcels": (12, 6, "parcels: 100 %, sorting: 70 %"),
          "registered": (7, 4, "registered: 100 %, coding: 90 %")}
    for name, (week, end, skills) in of.items():
        for part, agents in (("week", week), ("end", end)):
            yield f"""    {name}-{part}-{h}: {{agents: {agents}, shift: {name}-{part}, skills: {{{skills}}}, absent: 6 %}}"""


def shifts():
    hours = {"morning": ("05:30-13:18", "09:00"), "evening": ("15:00-22:48", "18:30"), "night": ("21:00-04:48", "00:30"),
             "parcels": ("11:00-18:48", "14:30"), "registered": ("15:30-23:18", "19:30")}
    for name, (span, pause) in hours.items():
        for part, on in (("week", "Mon-Fri"), ("end", "[Wed, Thu, Fri, Sat, Sun]")):
            yield f"""    {name}-{part}: {{hours: "{span}", days: {on}, breaks: ["{pause} 30 min"]}}"""


def departures():
    for h in halls:
        for k in range(departures_per_hall):
            minute = 4 * k
            at = f'"{4 + minute // 60:02d}:{minute % 60:02d}", "{12 + minute // 60:02d}:{minute % 60:02d}"'
            to = ", ".join(names[h][k::departures_per_hall])
            yield f"    route-{h}-{k:02d}: {{from: bay-{h}, to: [{to}], at: [{at}], closes: 15 min before, capacity: 9000 items}}"


print(f"""# Written by bench/large_centre.py: 60 stations, 40 teams, 2,000 destinations, 300 departures twice a day.
mailflow: 1
centre: {{name: A large centre, working_days: Mon-Sat}}
products:
  letter:     {{lot: 20 items, priority: 2, due: J+1 12:00, accepted_until: "21:00"}}
  flat:       {{lot: 10 items, priority: 4, due: J+2 12:00, accepted_until: "21:00"}}
  packet:     {{lot: 1 item, priority: 3, due: J+2 12:00, accepted_until: "21:00"}}
  parcel:     {{lot: 1 item, priority: 1, due: J+1 12:00, accepted_until: "18:00"}}
  registered: {{lot: 10 items, priority: 0, due: J+2 12:00, accepted_until: "21:00"}}
destinations:""")
for hall in halls:
    for name in names[hall]:
        print(f"  {name}: {{}}")
print(f"sort_plans:\n  bagged: {{{plan('bags')}}}\n  loose: {{{plan('belt')}}}")
print("arrivals:")
text = "\n".join(arrivals())
for hall in halls:
    text = text.replace(f"to: *hall-{hall}", f"to: &hall-{hall} {{{shares(hall)}}}", 1)
print(text.replace("to: *everywhere", f"to: &everywhere {{{everywhere()}}}", 1))
print("stations:\n" + "\n".join(stations(h) for h in halls))
print("staff:\n  shifts:\n" + "\n".join(shifts()))
print("  teams:\n" + "\n".join(line for h in halls for line in teams(h)))
print("  assignment: {rule: earliest due, review: every 15 min, move_takes: 5 min}")
print("transport:\n  departures:\n" + "\n".join(departures()))
print(f"run: {{from: 2026-01-05, for: {days} days, seed: 1}}")
