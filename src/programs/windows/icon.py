#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
"""Usage: icon.py SVG ICO

Writes a drawing as an icon of Windows, which is a table of pictures: Microsoft's ICO format, whose
entries may be PNG since Windows Vista. 256 stands there as 0.
"""

import struct
import subprocess
import sys

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def main():
    drawing, icon = sys.argv[1:]
    pictures = [subprocess.run(['rsvg-convert', '-w', str(size), '-h', str(size), drawing],
                               check=True, stdout=subprocess.PIPE).stdout for size in SIZES]
    place = 6 + 16 * len(SIZES)
    with open(icon, 'wb') as file:
        file.write(struct.pack('<HHH', 0, 1, len(SIZES)))
        for size, picture in zip(SIZES, pictures):
            file.write(struct.pack('<BBBBHHII', size % 256, size % 256, 0, 0, 1, 32,
                                   len(picture), place))
            place += len(picture)
        for picture in pictures:
            file.write(picture)


if __name__ == '__main__':
    main()
