# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""What goes wrong with one exchange: each fault is a function of it; the table is below."""

import time

from http1 import Gone, make_answer

# Longer than the clients of a storm wait (their setting is 3 s).
LONG = 3.5
PIECES = 8
PORTAL = ('<!DOCTYPE html><html><head><title>Wi-Fi</title></head>'
          '<body><form action="/login">请先登录网络 <input name="phone"></form></body></html>')
GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'
YEARS = 3 * 365 * 86400


def html(status, reason, text, *headers):
    return make_answer(status, reason, [('Content-Type', 'text/html; charset=utf-8'), *headers],
                       text.encode())


# The line breaks

def break_before(exchange, reset):
    exchange.client.cut(reset)


def break_request(exchange, reset):
    exchange.deliver_part(reset)
    exchange.client.cut(reset)


def break_after(exchange, reset):
    exchange.deliver()
    exchange.client.cut(reset)


def break_answer(exchange, reset):
    raw = exchange.deliver().raw
    exchange.client.send(raw[:exchange.rng.randrange(1, len(raw))])
    exchange.client.cut(reset)


def break_header(exchange, where):
    """The line breaks in the middle of a header: the request's, or the answer's."""
    resets = exchange.rng.random() < 0.5
    if where in ('before', 'request'):
        exchange.deliver_part(resets, end=exchange.request.raw.index(b'\r\n\r\n'))
    else:
        raw = exchange.deliver().raw
        exchange.client.send(raw[:exchange.rng.randrange(1, raw.index(b'\r\n\r\n'))])
    exchange.client.cut(resets)


BREAKS = {'before': break_before, 'request': break_request, 'after': break_after,
          'answer': break_answer}


def cut(exchange, where):
    BREAKS[where](exchange, False)


def reset(exchange, where):
    BREAKS[where](exchange, True)


# The line is slow, or silent

def rest(exchange):
    """Is silent, sometimes for longer than the client waits. Returns whether it still does."""
    long = exchange.rng.random() < 0.15
    return exchange.client_waits(LONG if long else exchange.rng.uniform(0.05, 0.4))


def stall(exchange, where):
    if where == 'before':
        if rest(exchange):
            exchange.answer(exchange.deliver())
    elif where == 'request':
        exchange.deliver_slowly([exchange.rng.uniform(0.05, 0.5)])
    elif where == 'after':
        answer = exchange.deliver()
        if rest(exchange):
            exchange.answer(answer)
    else:
        raw = exchange.deliver().raw
        half = exchange.rng.randrange(1, len(raw))
        exchange.client.send(raw[:half])
        if rest(exchange):
            exchange.client.send(raw[half:])


def slow(exchange, where):
    if where in ('before', 'request'):
        exchange.deliver_slowly([0.03] * PIECES)
        return
    raw = exchange.deliver().raw
    step = max(1, len(raw) // PIECES)
    for begin in range(0, len(raw), step):
        exchange.client.send(raw[begin:begin + step])
        time.sleep(0.03)


# Things come twice, or late

def duplicate(exchange, where):
    """The request arrives twice: one after the other or at once; one of the answers comes back."""
    first, second = exchange.deliver_twice(at_once=where in ('request', 'answer'))
    answer = first if where in ('before', 'request') else second
    if answer is None:
        exchange.client.cut()
    else:
        exchange.answer(answer)


def late(exchange, where):
    """The request arrives after later ones; before that it may have arrived once."""
    exchange.hold(exchange.rng.randint(1, 4))
    if where in ('before', 'request'):
        exchange.client.cut()
    else:
        exchange.answer(exchange.deliver())


# Somebody else answers, or the province in trouble

def failing(exchange, where):
    if where in ('after', 'answer'):
        exchange.deliver()
    status, reason = exchange.rng.choice([(500, 'Internal Server Error'), (502, 'Bad Gateway'),
                                          (503, 'Service Unavailable'), (504, 'Gateway Timeout')])
    after = [('Retry-After', '1')] if exchange.rng.random() < 0.3 else []
    if exchange.rng.random() < 0.5:
        exchange.answer(html(status, reason, GATEWAY, *after))
    else:
        exchange.answer(exchange.make_problem(status, reason, 'internal', after))


def throttling(exchange, where):
    if where in ('after', 'answer'):
        exchange.deliver()
    when = exchange.rng.choice(['0', '1', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', None])
    after = [('Retry-After', when)] if when is not None else []
    if exchange.rng.random() < 0.5:
        exchange.answer(html(429, 'Too Many Requests', GATEWAY, *after))
    else:
        exchange.answer(exchange.make_problem(429, 'Too Many Requests', 'throttled', after))


def other_text(exchange, where):
    """HTML where JSON should be: a page in the province's place, or in its answer's."""
    if where in ('before', 'request'):
        exchange.answer(html(200, 'OK', PORTAL))
        return
    answer = exchange.deliver()
    if answer.body:
        answer = answer.with_body(PORTAL.encode()).with_header('Content-Type', 'text/html')
    exchange.answer(answer)


def captive(exchange, where):
    if where in ('after', 'answer'):
        exchange.deliver()
    exchange.answer(exchange.rng.choice([
        html(200, 'OK', PORTAL),
        html(302, 'Found', '', ('Location', 'http://portal.invalid/login')),
        html(511, 'Network Authentication Required', PORTAL),
        make_answer(200, 'OK', [('Content-Type', 'application/json')], b'{}'),
        make_answer(204, 'No Content', [], b''),
    ]))


# What arrives is not what was sent

def truncated(exchange, where):
    """JSON that ends early in an answer that is whole, or in a request that is."""
    rng = exchange.rng
    if where in ('before', 'request') and exchange.request.body:
        body = exchange.request.body
        request = exchange.request.with_body(body[:rng.randrange(len(body))])
        exchange.answer(exchange.deliver(request))
        return
    answer = exchange.deliver()
    if answer.body:
        answer = answer.with_body(answer.body[:rng.randrange(len(answer.body))])
    exchange.answer(answer)


def wrong_length(exchange, where):
    rng = exchange.rng
    more = rng.choice([-1, 1]) * rng.randint(1, 40)
    if where in ('before', 'request') and exchange.request.body:
        length = max(0, len(exchange.request.body) + more)
        exchange.deliver_and_end(exchange.request.with_body(exchange.request.body, length))
        return
    answer = exchange.deliver()
    exchange.client.send(answer.with_body(answer.body, max(0, len(answer.body) + more)).raw)
    exchange.client.cut()


def skew(exchange, where):
    """The province's clock seems to be another one."""
    seconds = exchange.rng.choice([-YEARS, -86400, -300, 300, 86400, YEARS])
    moment = time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(time.time() + seconds))
    exchange.answer(exchange.deliver().with_header('Date', moment))


def silent_end(exchange, where):
    """A connection that was to be used again ends without a word, or when it is used."""
    exchange.answer(exchange.deliver())
    if where in ('before', 'request'):
        exchange.client.cut(reset=where == 'request')
    else:
        exchange.end_next = True


KINDS = {
    'cut': (cut, 5), 'reset': (reset, 5), 'header': (break_header, 3),
    'stall': (stall, 2), 'slow': (slow, 2),
    'duplicate': (duplicate, 5), 'late': (late, 4), '5xx': (failing, 4), '429': (throttling, 2),
    'html': (other_text, 3), 'captive': (captive, 3), 'truncated': (truncated, 3),
    'length': (wrong_length, 3), 'skew': (skew, 2), 'silent end': (silent_end, 2),
}
PLACES = ('before', 'request', 'after', 'answer')


def draw(rng, share):
    """Draws what happens to an exchange: a kind and a place, or nothing."""
    happens = rng.random() < share
    kind = rng.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
    where = rng.choice(PLACES)
    return (kind, where) if happens else None


def meet(exchange, fault):
    """Lets it happen."""
    kind, where = fault
    try:
        KINDS[kind][0](exchange, where)
    except Gone as reason:
        exchange.ended = str(reason)
        exchange.client.cut()
