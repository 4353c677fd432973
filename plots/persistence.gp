# figure:  persistence
# data:    the Kaplan-Meier curve of the time on treatment: a row per day on which someone stopped
# columns: day at_risk persistent conf_low conf_high conf_level
#
# A step curve in percent with its interval as a band; the last row carries it to the end of observation.
# What is missing reads NA: the band has a gap there.
#
# gnuplot -c persistence.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array DAY[rows]; array RISK[rows]; array STAY[rows]; array LOW[rows]; array HIGH[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, DAY[i] = num(stringcolumn("day")), RISK[i] = num(stringcolumn("at_risk")), \
    STAY[i] = num(stringcolumn("persistent")), LOW[i] = num(stringcolumn("conf_low")), \
    HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), 0) nooutput
unset datafile columnheaders

last = 1.
do for [i=1:rows] { last = most(last, DAY[i]) }

# A step holds until the next row; the band is drawn as boxes of the same width.
set print $risers
print 'NaN NaN NaN'
do for [i=2:rows] { print sprintf("%.17g\t%.17g\t%.17g", DAY[i], 100*STAY[i-1], 100*(STAY[i] - STAY[i-1])) }
set print $steps
do for [i=1:rows] {
    to = i < rows ? DAY[i+1] : last
    print sprintf("%.17g\t%.17g\t%.17g\t%.17g\t%.17g", DAY[i], to, 100*STAY[i], 100*LOW[i], 100*HIGH[i])
}
set print

keys = 1; KEY_MARK[1] = 5; KEY_HUE[1] = '#D9D9D9'; KEY[1] = ci_words(LEVEL)
if (!known(LEVEL)) { keys = 0 }
eval FLOW
tall = W < 100 ? 50. : 70.
eval canvas(W, 5 + tall + 9 + foot)
set lmargin at screen X(13); set rmargin at screen X(W - 4); set tmargin at screen Y(5); set bmargin at screen Y(5 + tall)
set xrange [0:last]
set yrange [0:100]
set ytics 20
set xtics step(0, last, abreast(0, last, 10, W - 17))
set label 800001 'still on treatment, %' at screen X(3), screen Y(5 + tall/2) center rotate by 90
set label 800002 'days since the first dispensing' at screen X((W + 9)/2), screen Y(5 + tall + 7) center
set label 800003 sprintf('n = %d', RISK[1]) at screen X(W - 5), screen Y(8) right
eval FOOT
set style fill solid 1.0 noborder
plot $steps using 1:3:1:2:4:5 with boxxyerror lc rgb '#D9D9D9', \
     $steps using 1:3:($2 - $1):(0) with vectors nohead lc rgb COLOUR[1] lw 1.6, \
     $risers using 1:2:(0):3 with vectors nohead lc rgb COLOUR[1] lw 1.6
