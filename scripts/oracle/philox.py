# philox.py SEED COUNT REPLICATES NAME...: uniform numbers of the streams
# (seed, names, 0), (seed, names, 1), ..., COUNT of each, one a line.
#
# Philox4x64-10 (Salmon et al., SC '11) with the key (seed, stream) and the
# counter (block, replicate, 0, 0); the stream is FNV-1a of the names, each
# with the byte 0 that ends it; a uniform number is (k + 1/2) / 2^53 with k the
# upper 53 bits of a word.  Whole numbers only, written from the papers.
import sys

MASK = (1 << 64) - 1


def philox(counter, key):
    x, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2E7470EE14C6C93 * x[0], 0xCA5A826395121157 * x[2]
        x = [(b >> 64) ^ x[1] ^ k[0], b & MASK, (a >> 64) ^ x[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B97F4A7C15) & MASK, (k[1] + 0xBB67AE8584CAA73B) & MASK]
    return x


def stream(names):
    h = 0xCBF29CE484222325
    for byte in b"".join(n.encode() + b"\0" for n in names):
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


assert philox([0, 0, 0, 0], [0, 0])[0] == 0x16554D9ECA36314C  # known answer
seed, count, replicates = (int(a) for a in sys.argv[1:4])
key = [seed, stream(sys.argv[4:])]
for b in range(replicates):
    words = []
    block = 0
    while len(words) < count:
        words += philox([block, b, 0, 0], key)
        block += 1
    for w in words[:count]:
        print(repr((2 * (w >> 11) + 1) / 2 ** 54))
