# figure:  its
# data:    an interrupted time series: each point, what the model expects, and what it expects without interruptions
# columns: endpoint per model point time observed fitted fitted_low fitted_high counterfactual counterfactual_low counterfactual_high conf_level interruption
#
# Open circles are the points. The solid line is the model; from the first interruption on, the dashed line and
# its band are the same model without the interruptions, with the interval. Upright dotted lines stand between
# the last point before an interruption and the first one after it. Lines break at an interruption and where
# points are missing.
#
# gnuplot -c its.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array POINTS[rows]; array TIMES[rows]; array SEEN[rows]; array FIT[rows]; array WITHOUT[rows]; array LOW[rows]
array HIGH[rows]; array NEW[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, ENDPOINT = stringcolumn("endpoint"), PER = stringcolumn("per"), MODEL = stringcolumn("model"), \
    POINTS[i] = num(stringcolumn("point")), TIMES[i] = stringcolumn("time"), SEEN[i] = num(stringcolumn("observed")), \
    FIT[i] = num(stringcolumn("fitted")), WITHOUT[i] = num(stringcolumn("counterfactual")), \
    LOW[i] = num(stringcolumn("counterfactual_low")), HIGH[i] = num(stringcolumn("counterfactual_high")), \
    NEW[i] = num(stringcolumn("interruption")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), 0) nooutput
unset datafile columnheaders    # what is plotted below are datablocks, without a header

# The range holds every point and line, and the band as far as it is not more than twice that away.
low = NaN; high = NaN; band = 0; apart = 0; widest = 0.
do for [i=1:rows] {
    low  = least(low, least(SEEN[i], least(FIT[i], WITHOUT[i])))
    high = most(high, most(SEEN[i], most(FIT[i], WITHOUT[i])))
    band = band || known(LOW[i]); apart = apart || known(WITHOUT[i])
    widest = most(widest, textwidth(TIMES[i], 7))
}
if (!known(low)) { low = 0.; high = 1. }
if (low == high) { low = low - 1; high = high + 1 }
near_low = low - 2*(high - low); near_high = high + 2*(high - low)
do for [i=1:rows] {
    if (LOW[i] > near_low) { low = least(low, LOW[i]) }
    if (HIGH[i] < near_high) { high = most(high, HIGH[i]) }
}
pad = 0.05*(high - low)
low = low >= 0 && low - pad < 0 ? 0. : low - pad; high = high + pad
ystep = step(low, high, 6)

first = POINTS[1]; last = POINTS[rows]
left = 9. + ticks_w(low, high, ystep); above = 4.; tall = W > 120 ? 60. : 48.; below = 5.
each = (W - left - 3)/(last - first + 1)       # mm from a point to the next
every = 1
do for [n in '1 2 3 4 6 12 24 26 52 60 104 120 240 365 730'] { if (every*each < widest + 3) { every = int(n) } }
while (every*each < widest + 3) { every = 2*every }

keys = 2; KEY[1] = 'observed'; KEY_MARK[1] = 6; KEY_HUE[1] = DIM
KEY[2] = '— model ('.MODEL.')'; KEY_MARK[2] = -1
if (apart) { keys = 3; KEY[3] = '- - without the interruption'.(band ? ', with its '.ci_words(LEVEL) : ''); KEY_MARK[3] = -1 }
eval FLOW
eval canvas(W, above + tall + below + foot + 1)

set lmargin at screen X(left); set rmargin at screen X(W - 3)
set tmargin at screen Y(above); set bmargin at screen Y(above + tall)
set xrange [first - 0.5:last + 0.5]
set yrange [low:high]
set ytics ystep
set xtics ('' first)
do for [i=1:rows] { if (int(POINTS[i] - first) % every == 0) { set xtics add (TIMES[i] POINTS[i]) } }
do for [i=1:rows] {
    if (NEW[i] == 1) {
        set arrow 100+i from POINTS[i] - 0.5, graph 0 to POINTS[i] - 0.5, graph 1 nohead dt 3 lc rgb INK lw 1
    }
}
set label 1 ENDPOINT.(given(PER) && PER ne '1' ? ' per '.PER : '') at screen X(2.5), screen Y(above + tall/2) center rotate by 90
eval FOOT

# One line per point; a blank one where a line breaks. A band beyond the range is cut at its edge.
cut(x) = x > high ? high : x < low ? low : x
set print $model
do for [i=1:rows] {
    if (i > 1) { if (NEW[i] == 1 || POINTS[i] > POINTS[i - 1] + 1) { print '' } }
    print sprintf("%d\t%.17g\t%.17g", POINTS[i], SEEN[i], FIT[i])
}
set print
set print $without
print sprintf("%d\tNaN\tNaN\tNaN", first)
do for [i=1:rows] {
    if (i > 1) { if (POINTS[i] > POINTS[i - 1] + 1) { print '' } }
    if (known(WITHOUT[i])) { print sprintf("%d\t%.17g\t%.17g\t%.17g", POINTS[i], WITHOUT[i], cut(LOW[i]), cut(HIGH[i])) }
}
set print
plot $without using 1:3:4 with filledcurves lc rgb '#E3E3E3', \
     $model using 1:2 with points lc rgb DIM pt 6 ps 0.45*POINT, \
     $without using 1:2 with lines lc rgb hue(2) lw 1.4 dt 2, \
     $model using 1:3 with lines lc rgb hue(1) lw 1.8
