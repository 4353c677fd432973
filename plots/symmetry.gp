# figure:  symmetry
# data:    how many persons started a marker drug how many days before or after an index drug; the sequence ratios
# columns: kind from to first label value conf_low conf_high conf_level
#
# One bar per stretch of days (rows of kind `bar`), pale where the marker drug was started first and dark where
# the index drug was; between them, at day 0, nobody: who started both on one day is left out. Above them stand
# the sequence ratios (rows of kind `ratio`) with their intervals.
#
# gnuplot -c symmetry.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array KIND[rows]; array FROM[rows]; array TO[rows]; array FIRST[rows]; array LABEL[rows]; array VALUE[rows]
array LOW[rows]; array HIGH[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, KIND[i] = stringcolumn("kind"), FROM[i] = num(stringcolumn("from")), \
    TO[i] = num(stringcolumn("to")), FIRST[i] = stringcolumn("first"), LABEL[i] = stringcolumn("label"), \
    VALUE[i] = num(stringcolumn("value")), LOW[i] = num(stringcolumn("conf_low")), HIGH[i] = num(stringcolumn("conf_high")), \
    LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), 0) nooutput
unset datafile columnheaders    # what is plotted below are datablocks, without a header

top = 0.; reach = 1.; ratios = 0; index = 0; marker = 0
do for [i=1:rows] {
    if (KIND[i] eq 'bar') {
        top = most(top, VALUE[i]); reach = most(reach, most(abs(FROM[i]), abs(TO[i])))
        if (FIRST[i] eq 'index') { index = index + VALUE[i] } else { marker = marker + VALUE[i] }
    } else { ratios = ratios + 1 }
}
if (top == 0) { top = 1. }
top = 1.06*top; ystep = step(0., top, 6); if (ystep < 1) { ystep = 1 }
left = 9. + ticks_w(0., top, ystep); above = 2. + LINE*ratios + (ratios > 0); tall = W > 120 ? 55. : 45.; below = 9.

keys = 2
KEY[1] = sprintf('marker drug first (%d)', marker); KEY_MARK[1] = 5; KEY_HUE[1] = BEFORE
KEY[2] = sprintf('index drug first (%d)', index); KEY_MARK[2] = 5; KEY_HUE[2] = AFTER
eval FLOW
eval canvas(W, above + tall + below + foot + 1)

set lmargin at screen X(left); set rmargin at screen X(W - 3)
set tmargin at screen Y(above); set bmargin at screen Y(above + tall)
set xrange [-1.02*reach:1.02*reach]
set yrange [0:top]
set ytics ystep
xstep = step(-reach, reach, abreast(-reach, reach, 8, W - left - 3))
set xtics xstep
set style fill solid 1.0 border lc rgb INK
set label 1 'persons' at screen X(2.5), screen Y(above + tall/2) center rotate by 90
set label 2 'days from the first index drug to the first marker drug' at screen X((left + W - 3)/2), screen Y(above + tall + 6.5) center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead dt 3 lc rgb INK lw 1

n = 0
do for [i=1:rows] { if (KIND[i] eq 'ratio') {
    n = n + 1
    words = LABEL[i].': '.(known(VALUE[i]) ? shown(VALUE[i], VALUE[i]) : 'NA')
    if (known(LOW[i])) { words = words.' ('.ci_words(LEVEL).' '.shown(LOW[i], VALUE[i]).' to '.shown(HIGH[i], VALUE[i]).')' }
    set label 10+n words at screen X(left), screen Y(LINE*(n - 0.5) + 1) font TEXT
} }
eval FOOT

# One line per bar: its middle, half its width, its height, and which drug came first.
set print $bars
do for [i=1:rows] { if (KIND[i] eq 'bar') {
    print sprintf("%.17g\t%.17g\t%.17g\t%d", (FROM[i] + TO[i])/2., TO[i] - FROM[i] + 1, VALUE[i], FIRST[i] eq 'index')
} }
set print
plot $bars using 1:($4 == 0 ? $3 : NaN):2 with boxes lc rgb BEFORE, \
     $bars using 1:($4 == 1 ? $3 : NaN):2 with boxes lc rgb AFTER
