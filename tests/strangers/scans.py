# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Invented scans of any size."""

import random


def make_pdf(size, seed):
    """Makes a whole PDF of one page with about so many bytes, of which most are noise."""
    noise = random.Random(seed).randbytes(max(0, size - 700))
    drawing = b'0 0 1 rg 72 72 400 600 re f'
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>',
        b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
        b'<< /Length %d >>\nstream\n%s\nendstream' % (len(drawing), drawing),
        b'<< /Length %d >>\nstream\n%s\nendstream' % (len(noise), noise),
    ]
    text = bytearray(b'%PDF-1.4\n')
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    start = len(text)
    text += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    text += b''.join(b'%010d 00000 n \n' % place for place in places)
    text += b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1,
                                                                             start)
    return bytes(text)
