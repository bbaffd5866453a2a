"""Ascending numbers, packed small: the steps between them, seven bits in a byte, the high bit where more follow.

Which articles have a word, and when an article was looked at, stand so in the store.
"""

from __future__ import annotations

from collections.abc import Sequence


def pack(numbers: Sequence[int]) -> bytes:
    packed, last = bytearray(), -1
    for number in numbers:
        step, last = number - last - 1, number
        while step > 127:
            packed.append(step & 127 | 128)
            step >>= 7
        packed.append(step)
    return bytes(packed)


def unpack(packed: bytes) -> list[int]:
    numbers, last, step, shift = [], -1, 0, 0
    for byte in packed:
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            last += step + 1
            numbers.append(last)
            step = shift = 0
    return numbers
