# figure:  power-curve
# data:    the power of a trial at several sizes, or for several true values, a row each
# columns: method axis x power
#
# A line of points for each method, in percent, over the total number of subjects (axis n) or what else was varied
# (cv, theta0, delta, sd); dotted lines at 80 and 90 %. What could not be computed reads NA: the line has a gap there.
#
# gnuplot -c power-curve.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array METHOD[rows]; array AT[rows]; array POWER[rows]
i = 0; axis = ''
stats DATA using (i = i + 1, METHOD[i] = stringcolumn("method"), AT[i] = num(stringcolumn("x")), \
    POWER[i] = 100*num(stringcolumn("power")), axis = stringcolumn("axis"), 0) nooutput
unset datafile columnheaders

from = NaN; to = NaN; methods = ''
do for [i=1:rows] { from = least(from, AT[i]); to = most(to, AT[i]); methods = add(methods, METHOD[i]) }
if (from == to) { from = from - 1.; to = to + 1. }
pad = 0.03*(to - from); from = from - pad; to = to + pad

# One block of lines per method, whose gaps stay gaps; marks thin out where they would touch.
set print $curves
do for [k=1:size(methods)] {
    do for [i=1:rows] { if (METHOD[i] eq item(methods, k)) { print sprintf("%.17g\t%.17g", AT[i], POWER[i]) } }
    print ''; print ''
}
set print
most_points = 1
do for [k=1:size(methods)] { n = 0; do for [i=1:rows] { n = n + (METHOD[i] eq item(methods, k)) }; most_points = most(most_points, n) }
every_ = int(most_points/25) + 1

keys = size(methods)
do for [k=1:keys] { KEY[k] = item(methods, k); KEY_MARK[k] = mark(k); KEY_HUE[k] = hue(k) }
eval FLOW
tall = W < 100 ? 50. : 70.
eval canvas(W, 4 + tall + 9.5 + foot)
set lmargin at screen X(13); set rmargin at screen X(W - 4); set tmargin at screen Y(4); set bmargin at screen Y(4 + tall)
set xrange [from:to]
set yrange [0:100]
set ytics 20
set xtics step(from, to, abreast(from, to, 10, W - 17))
set arrow 1 from graph 0, first 80 to graph 1, first 80 nohead dt 3 lc rgb DIM lw 0.7 back
set arrow 2 from graph 0, first 90 to graph 1, first 90 nohead dt 3 lc rgb DIM lw 0.7 back
words = axis eq 'n' ? 'subjects in all' : axis eq 'cv' ? 'coefficient of variation' : axis eq 'theta0' ? 'true ratio' : \
        axis eq 'delta' ? 'true difference' : axis eq 'sd' ? 'standard deviation' : axis
set label 800001 'power, %' at screen X(3), screen Y(4 + tall/2) center rotate by 90
set label 800002 words at screen X((W + 9)/2), screen Y(4 + tall + 7.5) center
eval FOOT
plot for [k=1:keys] $curves index (k - 1) using 1:2 with lines lc rgb hue(k) lw 1.4, \
     for [k=1:keys] $curves index (k - 1) every every_ using 1:2 with points pt mark(k) ps 0.6*POINT lc rgb hue(k)
