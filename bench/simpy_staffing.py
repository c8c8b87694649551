"""Stations, agents and who is sent where, in SimPy: what simpy_staffed.py's centre is made of. By the rules of
sim/centre/RULES.md: a process for each handling, interrupted when its crew must go; one that gives out work whenever something
has changed.
"""
import math
import random
from collections import Counter, deque
from heapq import heappop, heappush
from itertools import count

import simpy

env = simpy.Environment()
spent = Counter()  # minutes of agents: worked, paid
stations = []  # in the order in which those of equal urgency are served
free, going_on = set(), []
changed = env.event()


def lognormal(mean, sd):
    s2 = math.log1p((sd / mean) ** 2)
    return random.lognormvariate(math.log(mean) - s2 / 2, math.sqrt(s2))


class Lot:
    __slots__ = ("product", "to", "items", "due", "entry", "done", "broken_off", "entered")

    def __init__(self, product, to, items, due):
        self.product, self.to, self.items, self.due = product, to, items, due
        self.done, self.broken_off = 0, None


class Server:
    def __init__(self, station):
        self.station, self.crew, self.lot, self.down, self.stop, self.plan = station, [], None, False, False, None
        self.process = None
        self.fails_in = random.expovariate(1 / station.fails_every) if station.fails_every else math.inf

    @property
    def vacant(self):
        return self.lot is None and not self.down and len(self.crew) < self.station.crew

    @property
    def ready(self):
        return self.lot is None and not self.down and len(self.crew) == self.station.crew


class Station:
    """Queues by `rank` of a lot, then first come; at machines one for each `plan`."""
    entries = count()

    def __init__(self, servers, per_hour, rank, next, crew=1, plan=None, fails_every=None, repair=None, set_up=None):
        self.per_hour, self.rank, self.next, self.crew, self.plan = per_hour, rank, next, crew, plan
        self.fails_every, self.repair, self.set_up = fails_every, repair, set_up
        self.servers = [Server(self) for _ in range(servers)]
        self.ready = deque()
        self.queues = {}
        self.lots = self.coming = 0
        self.called = set()

    def enter(self, lot):
        lot.entry = next(self.entries)
        self.put(lot)

    def put(self, lot):
        heappush(self.queues.setdefault(self.plan and self.plan(lot), []), (self.rank(lot), lot.entry, lot))
        self.lots += 1
        something_changed()

    def pop(self, server):
        self.lots -= 1
        same = self.queues.get(server.plan) if self.plan else None
        return heappop(same or min(queue for queue in self.queues.values() if queue))[2]

    def head_due(self):
        return min((queue[0][2].due for queue in self.queues.values() if queue), default=math.inf)

    def vacant(self):
        return sum(server.vacant for server in self.servers)

    def wanted(self):
        """Servers for which a crew is wanted."""
        return max(0, min(self.lots - len(self.ready), self.vacant()))


def refresh(server):
    """Its station's list of those ready, the longest ready first."""
    ready = server.station.ready
    if server.ready and server not in ready:
        ready.append(server)
    elif not server.ready and server in ready:
        ready.remove(server)


def start(server):
    lot = server.lot = server.station.pop(server)
    if server in server.station.ready:
        server.station.ready.remove(server)
    for agent in server.crew:
        free.discard(agent)
    server.process = env.process(work(server, lot))


def phase(server, lasts):
    """A set-up or handling with its breakdowns; an interrupt says for how long it is to last instead, or that the crew leaves
    ('broken off'). Gives True, or False when it was broken off."""
    server.ends, server.phase_left = env.now + lasts, lasts
    while True:
        began = env.now
        server.runs_since = began
        breaks = server.fails_in <= server.ends - began
        try:
            yield env.timeout(max(0, server.fails_in if breaks else server.ends - began))
        except simpy.Interrupt:
            spent["worked"] += len(server.crew) * (env.now - began)
            server.done_before += env.now - began
            server.fails_in -= env.now - began
            continue
        spent["worked"] += len(server.crew) * (env.now - began)
        server.done_before += env.now - began
        server.fails_in -= env.now - began
        if not breaks:
            return True
        left = server.ends - env.now
        server.down, server.runs_since = True, None
        something_changed()
        repaired = env.process(repair(server))
        if server.stop:
            return False
        try:
            yield repaired
        except simpy.Interrupt:
            return False
        server.ends = env.now + left


def repair(server):
    yield env.timeout(lognormal(*server.station.repair))
    server.down = False
    server.fails_in = random.expovariate(1 / server.station.fails_every)
    if server.lot is None:
        refresh(server)
        something_changed()


def work(server, lot):
    station = server.station
    server.in_set_up, server.done_before, plan_before = False, 0.0, server.plan
    if station.plan:
        server.plan = station.plan(lot)
        if plan_before not in (None, server.plan):
            server.in_set_up = True
            if not (yield from phase(server, station.set_up())):
                server.plan = plan_before
                give_back(server, lot)
                return
            server.in_set_up = False
            if server.stop:
                give_back(server, lot)
                return
    left = lot.items - lot.done
    if lot.broken_off:
        server.takes, server.done_before = lot.broken_off
        lot.broken_off = None
    else:
        server.done_before = 0.0
        server.takes = station.handling(left, server)
    server.stop_items = left
    if (yield from phase(server, server.takes - server.done_before)):
        if server.stop and server.stop_items < left:
            lot.done += server.stop_items
            give_back(server, lot)
        else:
            lot.done = 0
            release(server)
            station.next(lot)
            end_hand(server)
        return
    takes, done = server.takes, server.done_before
    if station.per_hour and left > 1:
        unit = takes / left
        handled = min(left - 1, int(done / unit + 1e-9))
        lot.done, takes, done = lot.done + handled, takes - handled * unit, max(0, done - handled * unit)
    lot.broken_off = (takes, done) if done > 0 else None
    give_back(server, lot)


def give_back(server, lot):
    release(server)
    server.station.put(lot)
    end_hand(server)


def release(server):
    server.lot, server.stop, server.process = None, False, None


def end_hand(server):
    release_crew(server)
    free.update(server.crew)
    if server.ready:
        going_on.append(server)
    refresh(server)
    something_changed()


def handled_at(per_hour, pace=None):
    return lambda items, server: items * 60 / (per_hour * (server.crew[0].skill(server.station) if pace is None else pace))


def stop_at_item(server):
    """The crew must go: when the item in hand is done, or with the lot where times are drawn."""
    if server.stop:
        return
    server.stop = True
    if server.in_set_up or not server.station.per_hour:
        return
    left = server.lot.items - server.lot.done
    unit = server.takes / left
    done = server.done_before + env.now - server.runs_since
    server.stop_items = min(left, max(0, math.ceil(done / unit - 0.01)))
    if server.stop_items < left:
        server.ends = env.now + max(0, server.stop_items * unit - done)
        server.process.interrupt("stop")


def stop_no_more(server):
    if any(agent.must_go() for agent in server.crew):
        return
    server.stop = False
    if not server.in_set_up and server.stop_items < server.lot.items - server.lot.done:
        server.stop_items = server.lot.items - server.lot.done
        server.ends = env.now + server.takes - (server.done_before + env.now - server.runs_since)
        server.process.interrupt("go on")


class Team:
    def __init__(self, name, agents, shift, skills):
        self.name, self.shift, self.skills = name, shift, skills
        self.agents = [Agent(self, number) for number in range(agents)]


class Agent:
    def __init__(self, team, number):
        self.team, self.name = team, (team.name, number)
        self.doing, self.station, self.server = "off", None, None

    def skill(self, station):
        return self.team.skills.get(station.skill, 0)

    def choice(self, station):
        return (self.station is not station, -self.skill(station), len(self.team.skills), self.name)

    def must_go(self):
        return self.ends or self.break_due or self.called_to

    def come(self):
        self.ends = False
        if self.doing != "off":
            return
        self.doing, self.came, self.posted = "here", env.now, False
        self.break_due, self.called_to, self.station = 0, None, None
        free.add(self)
        something_changed()

    def leave(self):
        """Home, to a break or where it is called: now when it can, else when the item in hand is done."""
        if self.ends or self.break_due:
            self.drop_call()
        server = self.server
        if self.doing == "walking":
            if self.ends:
                self.walk.interrupt()
                self.station.coming -= 1
                self.go_home()
        elif server is None:
            if self.ends:
                self.go_home()
            elif self.break_due:
                env.process(self.have_break())
            elif self.called_to:
                station = self.called_to
                self.drop_call()
                self.send(station)
        elif server.lot is None:
            release_crew(server)
            refresh(server)
        elif server.down:
            server.process.interrupt("broken off")
        else:
            stop_at_item(server)

    def go_home(self):
        spent["paid"] += env.now - self.came
        self.doing, self.station = "off", None
        free.discard(self)
        something_changed()

    def have_break(self):
        self.doing, lasts, self.break_due = "on break", self.break_due, 0
        free.discard(self)
        yield env.timeout(lasts)
        if self.doing == "on break":
            self.doing = "here"
            if self.break_due:
                self.leave()
            else:
                free.add(self)
                something_changed()

    def send(self, station):
        left = self.server
        if left:
            left.crew.remove(self)
            self.server = None
            refresh(left)
        walks = self.posted and self.station is not station
        self.station, self.posted = station, True
        station.coming += 1
        if walks:
            self.doing = "walking"
            free.discard(self)
            self.walk = env.process(self.walking())
        else:
            self.arrive()

    def walking(self):
        try:
            yield env.timeout(3)
        except simpy.Interrupt:
            return
        self.arrive()

    def arrive(self):
        self.station.coming -= 1
        self.doing = "here"
        if self.break_due:
            self.leave()
            return
        free.add(self)
        server = max((s for s in self.station.servers if s.vacant), key=lambda s: len(s.crew), default=None)
        if server:
            join(server, self)
        something_changed()

    def call(self, station):
        self.drop_call()
        self.called_to = station
        station.called.add(self)
        self.leave()

    def drop_call(self):
        if self.called_to:
            self.called_to.called.discard(self)
            self.called_to = None


def join(server, agent):
    server.crew.append(agent)
    agent.server = server
    refresh(server)
    if server.ready:
        going_on.append(server)


def release_crew(server):
    for agent in [agent for agent in server.crew if agent.must_go()]:
        server.crew.remove(agent)
        agent.server = None
        agent.leave()


def something_changed():
    if not changed.triggered:
        changed.succeed()


def dispatcher():
    global changed
    while True:
        yield changed
        yield env.timeout(0)  # all else of this instant has happened
        changed = env.event()
        while going_on:
            server = going_on.pop(0)
            if server.ready and server.station.lots:
                start(server)
        bound = all_bound()
        for station in sorted((s for s in stations if s.lots), key=Station.head_due):
            turn(station, bound)
        for station in stations:
            if station.called:
                lapse(station)


def bound_to(station):
    """Who waits at a machine for others who come or are called there is not sent elsewhere."""
    others = station.coming + len(station.called)
    wanted = station.wanted()
    if not wanted or not others:
        return []
    waits = sorted((a for a in free if a.station is station and a.server and a.server.vacant),
                   key=lambda a: a.choice(station))
    return waits[:max(0, min(len(waits), min(wanted, (len(waits) + others) // station.crew) * station.crew - others))]


def all_bound():
    return {agent: station for station in stations if station.crew > 1 for agent in bound_to(station)}


def turn(station, bound):
    serve(station)
    wanted = station.wanted()
    if not wanted or not free:
        return
    may = [a for a in free if a.skill(station) and bound.get(a, station) is station]
    crews = min(wanted, (station.coming + len(may)) // station.crew)
    may.sort(key=lambda a: a.choice(station))
    for agent in may[:max(0, crews * station.crew - station.coming)]:
        if not (agent.server and agent.server.station is station):
            agent.send(station)
    gather(station)
    serve(station)


def gather(station):
    """Those who wait at several machines make up crews."""
    waits = sorted((s for s in station.servers if s.vacant and s.crew), key=lambda s: -len(s.crew))
    if len(waits) > 1:
        join(waits[0], waits[-1].crew.pop())
        gather(station)


def serve(station):
    while station.lots and station.ready:
        start(station.ready[0])


def lapse(station):
    """Of those called so many stay called as make whole crews with those who come and stand there free."""
    there = station.coming + sum(a.station is station and not (a.server and a.server.ready) for a in free)
    crews = min(station.wanted(), (there + len(station.called)) // station.crew)
    called = sorted(station.called, key=lambda a: a.choice(station))
    for agent in called[max(0, crews * station.crew - there):]:
        agent.drop_call()
        stop_no_more(agent.server)


def review(every):
    while True:
        yield env.timeout(every)
        yield env.timeout(0)
        yield env.timeout(0)
        ranked = sorted(stations, key=Station.head_due)
        rank = {station: place for place, station in enumerate(ranked)}
        bound, taken, sent = all_bound(), set(), []
        come = {station: station.coming + len(station.called) for station in stations}
        called = {}
        for station in ranked:
            wanted = station.wanted()
            if not wanted:
                continue
            stand = [a for a in free if a.skill(station) and a not in taken and bound.get(a, station) is station
                     and not (a.station is station and a.server and a.server.ready)]
            at_work = [a for s in stations if rank[s] > rank[station] for server in s.servers
                       if server.lot and server.lot.due > station.head_due() for a in server.crew
                       if a.skill(station) and not a.ends and not a.break_due and may_call(a, station, called, rank)]
            need = min(wanted, (come[station] + len(stand) + len(at_work)) // station.crew) * station.crew - come[station]
            stand.sort(key=lambda a: a.choice(station))
            at_work.sort(key=lambda a: (-rank[a.station], a.choice(station)))
            for agent in (stand + at_work)[:max(0, need)]:
                if agent in free:
                    taken.add(agent)
                else:
                    if before := called.get(agent, agent.called_to):
                        come[before] -= 1
                    called[agent] = station
                sent.append((agent, station))
            come[station] += max(0, need)
        for agent, station in sent:
            if agent.server and agent.server.lot:
                agent.call(station)
            elif not (agent.server and agent.server.station is station):
                agent.send(station)
        something_changed()


def may_call(agent, station, called, rank):
    to = called.get(agent, agent.called_to)
    return to is None or (to is not station and rank[to] >= rank[station])
