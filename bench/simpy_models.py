"""The two models of bench/ in SimPy. Usage: simpy_models.py mm1|three-stations ITEMS. Prints items and processor seconds."""
import random
import sys
import time

import simpy

model, items = sys.argv[1], int(sys.argv[2])
env = simpy.Environment()
draw = random.Random(1).expovariate
choose = random.Random(2).random
left = 0


def serve(station, mean):
    with station.request() as turn:
        yield turn
        yield env.timeout(draw(1 / mean))


def mm1_item(window):
    global left
    yield from serve(window, 1.0)
    left += 1


def centre_item(first, few, many):
    global left
    yield from serve(first, 0.85 * 2 / 0.9)
    if choose() < 0.1:
        yield from serve(few, 0.85 / 0.09)
    else:
        yield from serve(many, 0.85 * 3 / 0.81)
    left += 1


def arrivals(make):
    for _ in range(items):
        yield env.timeout(draw(0.9))
        env.process(make())


if model == "mm1":
    one = simpy.Resource(env, 1)
    env.process(arrivals(lambda: mm1_item(one)))
else:
    stations = [simpy.Resource(env, n) for n in (2, 1, 3)]
    env.process(arrivals(lambda: centre_item(*stations)))
start = time.process_time()
env.run()
print(left, f"{time.process_time() - start:.6f}")
