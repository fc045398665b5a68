# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""A line that is slow and loses packets, between this network namespace and one of its own: what
TCP makes of that is the kernel's own TCP. The kernel's emulator of such lines is not needed."""

import collections
import fcntl
import os
import random
import select
import struct
import subprocess
import threading
import time

TUNSETIFF, IFF_TUN_NO_PI = 0x400454ca, 0x1001
HERE, THERE = '10.99.0.1', '10.99.0.2'
# A router keeps about so many packets waiting, and drops what comes then.
MOST_WAITING = 64


def open_tun(name):
    """A network interface whose packets are read from and written to a file."""
    tun = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack('16sH', name.encode(), IFF_TUN_NO_PI))
    return tun


class Way:
    """One direction: packets wait for their turn, then take their time."""

    def __init__(self, source, drain, line):
        self.source, self.drain, self.line = source, drain, line
        self.waiting = collections.deque()
        self.free_at = 0
        self.packets = self.lost = 0

    def take(self, now):
        packet = os.read(self.source, 65536)
        self.packets += 1
        if self.line.random.random() < self.line.loss or len(self.waiting) >= MOST_WAITING:
            self.lost += 1
            return
        self.free_at = max(self.free_at, now) + len(packet) / self.line.rate
        self.waiting.append((self.free_at + self.line.delay, packet))

    def give(self, now):
        while self.waiting and self.waiting[0][0] <= now:
            try:
                os.write(self.drain, self.waiting.popleft()[1])
            except OSError:
                return


class LossyLine:
    """`rate` is bytes a second in each direction, `delay` seconds one way, `loss` a share. Needs an
    administrator's rights and a network namespace of the caller's own (`unshare --net`)."""

    def __init__(self, rate, delay, loss, seed):
        self.rate, self.delay, self.loss = rate, delay, loss
        self.random = random.Random(seed)
        near, far = open_tun('near'), open_tun('far')
        # a namespace lives as long as somebody in it
        self.keeper = subprocess.Popen(['unshare', '--net', 'sh', '-c', 'echo; exec cat'],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.keeper.stdout.readline()
        self.inside = ['nsenter', '--net', '--target', str(self.keeper.pid)]
        self.ip('link', 'set', 'lo', 'up')
        self.ip('address', 'add', f'{HERE}/30', 'dev', 'near')
        self.ip('link', 'set', 'near', 'up')
        self.ip('link', 'set', 'far', 'netns', str(self.keeper.pid))
        self.ip('address', 'add', f'{THERE}/30', 'dev', 'far', inside=True)
        self.ip('link', 'set', 'far', 'up', inside=True)
        self.ways = (Way(near, far, self), Way(far, near, self))
        threading.Thread(target=self.carry, daemon=True).start()

    def ip(self, *words, inside=False):
        subprocess.run([*(self.inside if inside else []), 'ip', *words], check=True)

    def carry(self):
        while True:
            due = [way.waiting[0][0] for way in self.ways if way.waiting]
            wait = max(0, min(due) - time.monotonic()) if due else 1
            ready, _, _ = select.select([way.source for way in self.ways], [], [], wait)
            now = time.monotonic()
            for way in self.ways:
                if way.source in ready:
                    way.take(now)
                way.give(now)

    def stop(self):
        self.keeper.stdin.close()
        self.keeper.wait()
