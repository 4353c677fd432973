#!/usr/bin/env python3
"""Non-central t and Owen's Q, to more digits than a double has.

    python3 scripts/oracle/noncentral_t.py     from the top folder

writes tests/oracle/noncentral_t.tsv and owens_q.tsv (mpmath 1.3, Debian
package python3-mpmath).  The non-central t comes from the series in incomplete
beta functions (Guenther, J Stat Comput Simul 1978;6:199-206; Lenth, Applied
Statistics 1989;38:185-189, AS 243), added with 700 digits, so that the smaller
tail may be the difference to 1.  Owen's Q comes from its definition (Owen,
Biometrika 1965;52:437-446) by quadrature with 40 digits.  Neither is the way
of the C code.  scripts/oracle/power.R holds both against R's pt () and
integrate ().
"""
import mpmath as mp

OUT = "tests/oracle/"


def text(x):
    return mp.nstr(x, 17, min_fixed=-4, max_fixed=17, strip_zeros=True)


def noncentral_t(t, df, ncp):
    """P (T <= t) and P (T > t)."""
    if t < 0:
        lower, upper = noncentral_t(-t, df, -ncp)
        return upper, lower
    t, b, ncp = mp.mpf(t), mp.mpf(df) / 2, mp.mpf(ncp)
    x = t * t / (t * t + df)
    half = ncp * ncp / 2
    p = mp.exp(-half)
    q = ncp * mp.exp(-half) / (mp.sqrt(2) * mp.gamma(mp.mpf(3) / 2))
    beta = [mp.betainc(mp.mpf(1) / 2, b, 0, x, regularized=True),
            1 - (1 - x) ** b]
    # I (a + 1) = I (a) - x^a (1 - x)^b / (a B (a, b)), for a = j+1/2 and j+1
    drop = [x ** a * (1 - x) ** b / (a * mp.beta(a, b))
            for a in (mp.mpf(1) / 2, mp.mpf(1))]
    total, j = mp.mpf(0), 0
    while True:
        term = p * beta[0] + q * beta[1]
        total += term
        if j > half and p < mp.mpf(10) ** -(mp.mp.dps - 5) \
                and abs(q) < mp.mpf(10) ** -(mp.mp.dps - 5):
            break
        for k, a in enumerate((j + mp.mpf(1) / 2, mp.mpf(j + 1))):
            beta[k] -= drop[k]
            drop[k] *= x * (a + b) / (a + 1)
        p *= half / (j + 1)
        q *= half / (j + mp.mpf(3) / 2)
        j += 1
    lower = mp.ncdf(-ncp) + total / 2
    return lower, 1 - lower


def owens_q(df, t, delta, r):
    """Q_df (t, delta; 0, r)."""
    df, t, delta = mp.mpf(df), mp.mpf(t), mp.mpf(delta)
    log_c = mp.log(2 * mp.pi) / 2 - mp.loggamma(df / 2) - (df - 2) / 2 * mp.log(2)

    def f(x):
        if x == 0:
            return mp.exp(log_c) * mp.ncdf(-delta) / mp.sqrt(2 * mp.pi) if df == 1 else mp.mpf(0)
        return mp.exp(log_c + (df - 1) * mp.log(x)) * mp.npdf(x) * mp.ncdf(t * x / mp.sqrt(df) - delta)

    middle, end = mp.sqrt(df), mp.mpf(r) if r != mp.inf else mp.sqrt(df) + 40
    points = sorted({end * mp.mpf(i) / 8 for i in range(9)}
                    | {x for x in (middle + mp.mpf(i) / 2 for i in range(-60, 81)) if 0 < x < end})
    # quad () stops at an absolute error: make the values of order 1
    scale = max(f(x) for x in points)
    return scale * mp.quad(lambda x: f(x) / scale, points)


def write(name, what, columns, rows):
    with open(OUT + name, "w") as out:
        out.write("# source: other program: mpmath %s\n" % mp.__version__)
        out.write("# script: scripts/oracle/noncentral_t.py\n")
        out.write("# %s\n" % what)
        out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(row) + "\n")
    print(name, len(rows), "rows")


def main():
    rows = []
    mp.mp.dps = 700
    for df in ("1", "2", "3.7", "10", "58", "1000", "1e5"):
        for ncp in ("-40", "-5", "0.1", "1", "2.5", "8", "37", "40"):
            for t in ("-60", "-10", "-2", "0.01", "0.5", "1.7", "4", "12", "38", "45", "1000"):
                with mp.workdps(700):
                    lower, upper = noncentral_t(mp.mpf(t), mp.mpf(df), mp.mpf(ncp))
                for tail, p in (("lower", lower), ("upper", upper)):
                    if p > mp.mpf("1e-290"):  # below, doubles lose digits
                        rows.append((t, df, ncp, tail, text(p), "1e-11"))
    write("noncentral_t.tsv", "t, df, ncp: arguments; value: probability of the tail",
          ("t", "df", "ncp", "tail", "value", "tolerance"), rows)
    rows = []
    mp.mp.dps = 40
    for df in ("1", "2", "5", "22", "77", "500", "10000"):
        for t, delta in (("1.7", "0.5"), ("-1.7", "-2.5"), ("2.1", "4"), ("-1.65", "-30"),
                         ("1.65", "30"), ("0", "0"), ("10", "9")):
            middle = mp.sqrt(mp.mpf(df))
            for r in (mp.mpf(1) / 4, middle / 2, middle - mp.mpf(1) / 2, middle + 1, 2 * middle, mp.inf):
                if r <= 0:
                    continue
                r = mp.mpf(float(r)) if r != mp.inf else r
                value = owens_q(df, t, delta, r)
                if value > mp.mpf("1e-290"):
                    rows.append((df, t, delta, repr(float(r)) if r != mp.inf else "Inf",
                                 text(value), "1e-11"))
    write("owens_q.tsv", "df, t, delta, r: Q_df (t, delta; 0, r); r = Inf: the non-central t",
          ("df", "t", "delta", "r", "value", "tolerance"), rows)


main()
