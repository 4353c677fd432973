# figure:  crossover-profiles
# data:    every subject's value in every period and the mean of every sequence and period, one endpoint
# columns: endpoint unit sequence subject period treatment kind n value conf_low conf_high conf_level
#
# One panel per sequence, all on one scale. Thin grey lines join the periods of a subject (rows of kind
# `subject`); a period without a neighbour is a lone point. The bold line is the mean with its interval
# (rows of kind `mean`), a little to the right so that it hides no subject; a mean without an interval keeps
# its marker, whose shape tells the treatment. A tick reads "1: F": period 1, on F.
# The n of a panel counts its subjects in the file, or is the largest of its means where that is more.
#
# gnuplot -c crossover-profiles.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array SEQUENCE[rows]; array SUBJECT[rows]; array PERIOD[rows]; array TREATMENT[rows]; array KIND[rows]
array N[rows]; array VALUE[rows]; array LOW[rows]; array HIGH[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, ENDPOINT = stringcolumn("endpoint"), UNIT = stringcolumn("unit"), \
    SEQUENCE[i] = stringcolumn("sequence"), SUBJECT[i] = stringcolumn("subject"), \
    PERIOD[i] = int(num(stringcolumn("period"))), TREATMENT[i] = stringcolumn("treatment"), \
    KIND[i] = stringcolumn("kind"), N[i] = num(stringcolumn("n")), VALUE[i] = num(stringcolumn("value")), \
    LOW[i] = num(stringcolumn("conf_low")), HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), 0) nooutput
unset datafile columnheaders    # what is plotted below are arrays and datablocks, without a header

# Sequences, subjects within them and treatments in the order of the file; the common range.
sequences = ''; subjects = ''; treatments = ''; periods = 0; low = NaN; high = NaN; intervals = 0
do for [i=1:rows] {
    sequences = add(sequences, SEQUENCE[i]); periods = most(periods, PERIOD[i])
    if (KIND[i] eq 'subject' && known(VALUE[i])) { subjects = add(subjects, SEQUENCE[i].' / '.SUBJECT[i]) }
    if (given(TREATMENT[i])) { treatments = add(treatments, TREATMENT[i]) }
    low  = least(low, least(VALUE[i], LOW[i])); high = most(high, most(VALUE[i], HIGH[i]))
    intervals = intervals || known(LOW[i])
}
if (!known(low)) { low = 0.; high = 1. }
if (low == high) { low = low - 1; high = high + 1 }
pad = 0.05*(high - low); low = low - pad; high = high + pad

# The row of each cell (0: none): of a subject in a period, and of a sequence's mean in a period.
S = size(sequences); J = size(subjects)
array CELL[J*periods + 1]; array OF[J + 1]; array MEAN[S*periods]; array TICK[S*periods]; array COUNT[S]
do for [j=1:J*periods] { CELL[j] = 0 }
do for [j=1:S*periods] { MEAN[j] = 0; TICK[j] = sprintf('%d', 1 + (j - 1) % periods) }
do for [j=1:J] { OF[j] = 0 }
do for [s=1:S] { COUNT[s] = 0 }
widest = 2.
do for [i=1:rows] {
    s = place(sequences, SEQUENCE[i]); at = (s - 1)*periods + PERIOD[i]
    if (given(TREATMENT[i])) { TICK[at] = sprintf('%d: ', PERIOD[i]).TREATMENT[i] }
    widest = most(widest, textwidth(TICK[at], 7))
    if (KIND[i] eq 'mean') { MEAN[at] = i }
    if (KIND[i] eq 'subject' && known(VALUE[i])) {
        j = place(subjects, SEQUENCE[i].' / '.SUBJECT[i])
        if (!OF[j]) { OF[j] = s; COUNT[s] = COUNT[s] + 1 }
        CELL[(j - 1)*periods + PERIOD[i]] = i
    }
}
do for [j=1:S*periods] { s = 1 + (j - 1)/periods; if (MEAN[j]) { COUNT[s] = most(COUNT[s], N[MEAN[j]]) } }

# As many panels side by side as leave every tick label its room, but at least two, or three on a wide
# page, where the labels then turn.
ystep = step(low, high, 6); left = 7.5 + ticks_w(low, high, ystep); gap = 4.; fewest = 2 + (W > 120)
wide_as(c) = (W - left - 2 - (c - 1)*gap)/c
fits(c)    = wide_as(c)/periods > widest + 1.5
columns = S
while (columns > fewest && !fits(columns)) { columns = columns - 1 }
lines = (S + columns - 1)/columns
tall = lines > 1 ? 40. : 52.; above = 6.5; below = fits(columns) ? 4.5 : widest + 3

if (J) { keys = 1; KEY[1] = 'subject'; KEY_MARK[1] = 6; KEY_HUE[1] = GREY }
do for [t=1:size(treatments)] {
    keys = keys + 1; KEY[keys] = 'mean on '.item(treatments, t); KEY_MARK[keys] = mark(t); KEY_HUE[keys] = hue(t)
}
if (intervals) { keys = keys + 1; KEY[keys] = 'bars: '.ci_words(LEVEL).' of the mean'; KEY_MARK[keys] = -1 }
eval FLOW
eval canvas(W, lines*(above + tall + below) + foot + 1)

set multiplot
set xrange [0.5:periods + 0.5]
set yrange [low:high]
set ytics ystep
do for [s=1:S] {
    column_ = (s - 1) % columns; from = left + column_*(wide_as(columns) + gap); top = above + (s - 1)/columns*(above + tall + below)
    set lmargin at screen X(from); set rmargin at screen X(from + wide_as(columns))
    set tmargin at screen Y(top);  set bmargin at screen Y(top + tall)
    unset label
    set label 1 item(sequences, s).sprintf(' (n = %d)', COUNT[s]) at screen X(from), screen Y(top - 2.6) font BOLD
    if (column_ == 0) {
        set format y '%h'
        set label 2 ENDPOINT.(given(UNIT) ? ' ('.UNIT.')' : '') at screen X(2.5), screen Y(top + tall/2) center rotate by 90 font TEXT
    } else { set format y '' }
    if (s == S) { eval FOOT }
    set xtics ('' 0) norotate
    if (!fits(columns)) { set xtics ('' 0) rotate by 90 right }
    do for [p=1:periods] { set xtics add (TICK[(s - 1)*periods + p] p) }

    # One line per period, a blank one between subjects, NaN where a period is missing: lines break there.
    set print $subjects
    print "1\tNaN\n"
    do for [j=1:J] { if (OF[j] == s) {
        do for [p=1:periods] { i = CELL[(j - 1)*periods + p]; print sprintf("%d\t%.17g", p, i ? VALUE[i] : NaN) }
        print ''
    } }
    set print
    set print $means
    do for [p=1:periods] {
        i = MEAN[(s - 1)*periods + p]
        if (i) { print sprintf("%d\t%.17g\t%.17g\t%.17g\t%d", p, VALUE[i], LOW[i], HIGH[i], place(treatments, TREATMENT[i])) }
        else { print sprintf("%d\tNaN\tNaN\tNaN\t0", p) }
    }
    set print
    plot $subjects using 1:2 with linespoints lc rgb GREY lw 0.6 pt 6 ps 0.35*POINT, \
         $means using ($1 + 0.1):2 with lines lc rgb INK lw 1.8, \
         $means using ($1 + 0.1):2:3:4 with yerrorbars lc rgb INK lw 1.4 pt -1, \
         for [t=1:size(treatments)] $means using ($1 + 0.1):($5 == t ? $2 : NaN) with points lc rgb hue(t) pt mark(t) ps 0.9*POINT, \
         $means using ($1 + 0.1):($5 == 0 ? $2 : NaN) with points lc rgb INK pt mark(1) ps 0.9*POINT
}
unset multiplot
