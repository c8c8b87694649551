"""bench/staffed-year.yaml in SimPy. Usage: simpy_staffed.py [DAYS [SEED]]. Prints items out, processor seconds, mean time in
the centre in minutes and of the paid hours the share worked. Minutes throughout; day 0 is a Monday.
"""
import math
import random
import sys
import time
from collections import Counter

from simpy_staffing import Lot, Station, Team, dispatcher, env, handled_at, lognormal, review, spent, stations

days = int(sys.argv[1]) if len(sys.argv) > 1 else 14
random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
uniform, gauss = random.uniform, random.gauss
DAY, end = 1440, days * 1440
in_items = out_items = stay = 0
MON_FRI, TUE_SAT, MON_SAT, DAILY = range(5), range(1, 6), range(6), range(7)


def at(clock):
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def binomial(n, p):
    """How many of n fall to a small chance p: from one that does to the next."""
    found, place = 0, 0
    while True:
        place += int(math.log(1 - random.random()) / math.log1p(-p)) + 1
        if place > n:
            return found
        found += 1


def poisson(mean):
    """By its gaps."""
    found, place = -1, 0.0
    while place <= mean:
        place += random.expovariate(1)
        found += 1
    return found


class Product:
    def __init__(self, lot, kg, priority, due_days, due_at):
        self.lot, self.kg, self.priority, self.due_days, self.due_at = lot, kg, priority, due_days, at(due_at)

    def due(self):
        day = int(env.now // DAY)
        if day % 7 > 4 or env.now % DAY >= 18 * 60:
            day = self.worked_day_after(day)
        for _ in range(self.due_days):
            day = self.worked_day_after(day)
        return day * DAY + self.due_at

    @staticmethod
    def worked_day_after(day):
        day += 1
        while day % 7 > 4:
            day += 1
        return day


letter, mailing = Product(100, 0.02, 2, 1, "9:00"), Product(200, 0.03, 5, 3, "9:00")
flat, packet = Product(40, 0.12, 4, 2, "9:00"), Product(5, 0.3, 3, 2, "12:00")
parcel, registered = Product(1, 2.4, 1, 2, "12:00"), Product(10, 0.06, 0, 1, "12:00")
posted_here = dict(town=30, suburb=22, north=12, south=10, east=9, west=8, island=4, abroad=5)
from_elsewhere = dict(town=42, suburb=28, north=10, south=8, east=6, west=4, island=2)


def arrive(product, to, items, station):
    global in_items, stay
    in_items += items
    stay -= items * env.now
    station.enter(Lot(product, to, items, product.due()))


def to_bay(lot):
    env.process(walk_to_bay(lot))


def walk_to_bay(lot):
    yield env.timeout(uniform(2, 6))
    lot.entered = env.now
    bays[lot.to].append(lot)


def into_bag(lot):
    while lot.items:
        kind = (lot.product, lot.to)
        if kind not in bags:
            bags[kind] = Lot(lot.product, lot.to, 0, lot.due)
            env.process(bag_goes(kind, bags[kind]))
        bag = bags[kind]
        put = min(lot.items, 200 - bag.items)
        bag.items, lot.items, bag.due = bag.items + put, lot.items - put, min(bag.due, lot.due)
        if bag.items == 200:
            to_bay(bags.pop(kind))


def bag_goes(kind, bag):
    yield env.timeout(45)
    if bags.get(kind) is bag:
        to_bay(bags.pop(kind))


def sorted_by_hand(lot):
    to_bay(lot) if lot.to in ("town", "suburb") else into_bag(lot)


def sorted_by_machine(lot):
    for share, station in ((0.05, hand), (0.08 / 0.95, coding)):
        if taken := binomial(lot.items, share):
            lot.items -= taken
            station.enter(Lot(lot.product, lot.to, taken, lot.due))
    if lot.items:
        to_bay(lot) if lot.to == "town" or (lot.to == "suburb" and lot.product is letter) else into_bag(lot)


def by_due(lot):
    return lot.due


bags, bays = {}, {to: [] for to in posted_here}
recorded = Station(12, 48, by_due, to_bay)
parcel_sorter = Station(8, None, by_due, to_bay, plan=lambda lot: lot.product is parcel, fails_every=30 * 60, repair=(20, 15),
                        set_up=lambda: uniform(1, 3))
letter_sorter = Station(2, 9000, by_due, sorted_by_machine, crew=2, plan=lambda lot: lot.product is mailing,
                        fails_every=15 * 60, repair=(35, 30), set_up=lambda: 6)
coding = Station(6, 900, by_due, sorted_by_hand)
hand = Station(8, 600, by_due, sorted_by_hand)
flats = Station(10, 350, by_due, to_bay)
facing = Station(8, 3000, by_due, letter_sorter.enter)
after_split = {letter: facing, mailing: letter_sorter, flat: flats, packet: parcel_sorter, parcel: parcel_sorter,
               registered: recorded}
split = Station(8, 5000, lambda lot: lot.product.priority, lambda lot: after_split[lot.product].enter(lot))
dock = Station(8, 5000, lambda lot: 0, split.enter)
stations += [recorded, letter_sorter, facing, coding, hand, split, dock, flats, parcel_sorter]
for station, skill in zip(stations, ("registered", "machine", "sorting", "coding", "sorting", "sorting", "dock", "sorting",
                                     "parcels")):
    station.skill = skill
    station.handling = handled_at(station.per_hour, 1 if station.fails_every else None)
parcel_sorter.handling = lambda items, server: sum(random.triangular(20, 90, 40) for _ in range(items)) / 60

evening = (at("14:00"), at("21:48"), MON_FRI, [(at("18:00"), 30)])
day_shift = (at("8:00"), at("15:48"), MON_FRI, [(at("10:00"), 10), (at("12:00"), 30)])
saturday = (at("7:30"), at("15:18"), TUE_SAT, [(at("11:30"), 30)])
teams = [Team("morning", 10, (at("5:30"), at("13:18"), MON_FRI, [(at("9:00"), 30)]), dict(sorting=1, machine=1, dock=0.8)),
         Team("evening", 15, evening, dict(sorting=1, machine=1, dock=0.9, coding=0.8)),
         Team("night", 7, (at("21:00"), at("28:48"), MON_FRI, [(at("24:30"), 30)]), dict(sorting=1, machine=1, dock=0.8)),
         Team("gate", 5, saturday, dict(dock=1, sorting=0.8)),
         Team("parcels", 8, day_shift, dict(parcels=1, dock=0.7)),
         Team("registered", 7, day_shift, dict(registered=1, coding=0.9)),
         Team("coding", 4, evening, dict(coding=1, registered=0.8, parcels=0.8)),
         Team("versatile", 4, saturday, dict(parcels=0.9, registered=0.9, sorting=0.9, coding=0.9))]


def duties(team):
    begins, ends, on, breaks = team.shift
    for day in range(days):
        if day % 7 not in on:
            continue
        yield env.timeout(day * DAY + begins - env.now)
        for agent in team.agents:
            if random.random() >= 0.07:
                agent.come()
        for clock, lasts in breaks:
            yield env.timeout(day * DAY + clock - env.now)
            for agent in team.agents:
                if agent.doing != "off":
                    agent.break_due += lasts
                    if agent.doing != "on break":
                        agent.leave()
        yield env.timeout(day * DAY + ends - env.now)
        for agent in team.agents:
            if agent.doing != "off":
                agent.ends = True
                agent.leave()


def timetable(clock, on, trip):
    for day in range(days):
        if day % 7 in on:
            yield env.timeout(day * DAY + at(clock) - env.now)
            trip()


def vehicle(late, load, shares):
    yield env.timeout(late())
    lots = []
    for product, law in load.items():
        items = poisson(law) if isinstance(law, int) else max(0, round(gauss(*law)))
        for to, n in Counter(random.choices(list(shares), shares.values(), k=items)).items():
            lots.append([(product, to, n)] * -(-n // product.lot))
    order = [of for of in range(len(lots)) for _ in lots[of]]
    random.shuffle(order)
    left = [of[0][2] for of in lots]
    for of in order:
        product, to, _ = lots[of][0]
        items = min(left[of], product.lot)
        left[of] -= items
        arrive(product, to, items, dock)


def counter():
    """What is handed in at the gate: lots at the pace of the busiest hours, of which as many are left out as are too many."""
    rates = {8: 60, 9: 60, 10: 60, 11: 100, 12: 100, 13: 100, 14: 100, 15: 100, 16: 160, 17: 160, 18: 160}
    lots = {packet: 0.06, parcel: 0.5, registered: 0.02}
    while True:
        yield env.timeout(random.expovariate(160 * sum(lots.values()) / 60))
        day, minute = int(env.now // DAY) % 7, env.now % DAY
        rate = 0
        if day < 5 and minute < at("18:30"):
            rate = rates.get(int(minute // 60), 0)
        elif day == 5 and at("8:00") <= minute < at("12:00"):
            rate = 50
        if random.random() * 160 < rate:
            product = random.choices(list(lots), lots.values())[0]
            arrive(product, random.choices(list(posted_here), posted_here.values())[0], product.lot, split)


def depart(to, closes, most_items=math.inf, most_kg=math.inf):
    global out_items, stay
    loading = [lot for destination in to for lot in bays[destination] if lot.entered <= env.now - closes]
    items = kg = 0
    aboard = set()
    for lot in sorted(loading, key=lambda lot: (lot.product.priority, lot.entered)):
        if items + lot.items > most_items or kg + lot.items * lot.product.kg > most_kg:
            continue
        items, kg = items + lot.items, kg + lot.items * lot.product.kg
        aboard.add(lot)
    for destination in to:
        bays[destination] = [lot for lot in bays[destination] if lot not in aboard]
    out_items += items
    stay += items * env.now


def timetables():
    def comes(clock, on, late, load, shares):
        env.process(timetable(clock, on, lambda: env.process(vehicle(late, load, shares))))

    def goes(clock, on, *trip):
        env.process(timetable(clock, on, lambda: depart(*trip)))

    for clock in ("8:00", "10:30"):
        comes(clock, MON_FRI, lambda: lognormal(10, 15), {
            letter: (10000, 1800), mailing: (8000, 2000), flat: (1500, 300), packet: 150, parcel: 120, registered: (300, 60)},
            posted_here)
    for clock in ("15:30", "17:30"):
        comes(clock, MON_FRI, lambda: lognormal(12, 18), {
            letter: (25000, 3000), mailing: (6000, 1500), flat: (2800, 500), packet: 350, parcel: 220, registered: (600, 100)},
            posted_here)
    comes("2:30", TUE_SAT, lambda: random.choices((15, 60, 180), (60, 25, 15))[0], {
        letter: (27000, 4000), mailing: (9000, 2500), flat: (3000, 600), packet: 450, parcel: 350, registered: (400, 80)},
        from_elsewhere)
    goes("5:45", MON_SAT, ["town"], 15, 60000)
    goes("12:45", MON_SAT, ["town", "suburb"], 15, 60000)
    goes("5:30", MON_SAT, ["suburb"], 15, 40000)
    for clock, to, most in (("4:30", "north", 30000), ("13:00", "north", 30000), ("4:40", "south", 25000),
                            ("13:10", "south", 25000), ("4:50", "east", 25000), ("5:00", "west", 25000)):
        goes(clock, MON_SAT, [to], 20, most)
    for clock in ("7:10", "15:20"):
        goes(clock, DAILY, ["island"], 90, math.inf, 350)
    goes("7:00", MON_SAT, ["abroad"], 30, math.inf, 1200)


timetables()
for team in teams:
    env.process(duties(team))
env.process(counter())
env.process(review(15))
env.process(dispatcher())
begin = time.process_time()
env.run(until=end)
took = time.process_time() - begin
stay += (in_items - out_items) * end
spent["paid"] += sum(end - agent.came for team in teams for agent in team.agents if agent.doing != "off")
print(out_items, f"{took:.6f} {stay / in_items:.3f} {spent['worked'] / spent['paid']:.5f}")
