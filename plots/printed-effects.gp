# figure:  printed-effects
# data:    one row per printed difference, drawn from top to bottom in the order of the file
# columns: study endpoint n estimate conf_low conf_high conf_level least most p_value note
#
# A forest plot of what is printed. `conf_low` to `conf_high` is the interval that the printed figures imply (black);
# `least` and `most` are how far its ends could lie with other figures that round to the printed ones (grey). Where
# only a bound is printed, as p < 0.01, there is no interval, and the grey line holds all that it can be. The words
# of `note` that start with `others-contradict` or `inconsistent` get an asterisk: the printed figures do not fit each
# other. Nothing is pooled.
#
# gnuplot -c printed-effects.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array STUDY[rows]; array NAME[rows]; array EST[rows]; array LOW[rows]; array HIGH[rows]; array LEAST[rows]; array MOST[rows]; array NOTE[rows]
i = 0; LEVEL = NaN; studies = ''
stats DATA using (i = i + 1, STUDY[i] = stringcolumn("study"), studies = add(studies, STUDY[i]), NAME[i] = stringcolumn("endpoint"), \
    EST[i] = num(stringcolumn("estimate")), LOW[i] = num(stringcolumn("conf_low")), HIGH[i] = num(stringcolumn("conf_high")), \
    LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), LEAST[i] = num(stringcolumn("least")), MOST[i] = num(stringcolumn("most")), \
    NOTE[i] = stringcolumn("note"), 0) nooutput
unset datafile columnheaders

# What the axis must hold: 0 and all there is; but an interval far wider than the estimates is cut.
from = 0.; to = 0.; asterisks = 0; several = size(studies) > 1; bounds = 0; wide_from = 0.; wide_to = 0.
do for [i=1:rows] {
    if (!known(LOW[i]) || !known(HIGH[i])) { LOW[i] = NaN; HIGH[i] = NaN }
    from = least(from, least(EST[i], LOW[i])); to = most(to, most(EST[i], HIGH[i]))
    wide_from = least(wide_from, LEAST[i]); wide_to = most(wide_to, MOST[i])
    asterisks = asterisks || strstrt(NOTE[i], 'others-contradict') || strstrt(NOTE[i], 'inconsistent')
    bounds = bounds || (!known(LOW[i]) && (known(LEAST[i]) || known(MOST[i])))
}
if (from == to) { from = -1.; to = 1. }
span = to - from; from = most(wide_from, from - span); to = least(wide_to, to + span)
pad = 0.04*(to - from); from = from - pad; to = to + pad

most3(i) = most(abs(EST[i]), most(abs(LOW[i]), abs(HIGH[i])))
range(a, b, i) = shown(a, most3(i)).' to '.shown(b, most3(i))
star(i)  = strstrt(NOTE[i], 'others-contradict') || strstrt(NOTE[i], 'inconsistent') ? ' *' : ''
said(i)  = !known(EST[i]) ? 'not printed' : minus(sprintf('%.6g', EST[i])).(known(LOW[i]) ? ' ('.range(LOW[i], HIGH[i], i).')' : \
           known(LEAST[i]) && known(MOST[i]) ? ' (within '.range(LEAST[i], MOST[i], i).')' : ' (interval unknown)').star(i)
HEAD = 'printed (implied '.ci_words(LEVEL).')'
array WORDS[rows]; name_w = 0.; words_w = textwidth(HEAD, 7)
do for [i=1:rows] {
    if (several) { NAME[i] = STUDY[i].', '.NAME[i] }
    WORDS[i] = said(i); name_w = most(name_w, textwidth(NAME[i], 7) + 2); words_w = most(words_w, textwidth(WORDS[i], 7))
}
words_w = words_w + 3

# Columns from the right edge inwards; where too little is left for the plot, labels stand above their rows.
above_rows = W - 9 - words_w - name_w < 32
right = W - 2 - words_w; plot_x = 4 + (above_rows ? 0 : name_w); lift = above_rows ? 3.2 : 0.
array AT[rows]; at = 6.
do for [i=1:rows] { at = at + (above_rows ? i > 1 ? 4. : 2.2 : 0) + 3.9; AT[i] = at }
bottom = at + 2.5

keys = 1; KEY_MARK[1] = -1; KEY_HUE[1] = INK; KEY[1] = 'grey: where the ends may lie by the rounding of the print'.(bounds ? ' or by its bounds' : '')
if (asterisks) { keys = 2; KEY_MARK[2] = -1; KEY_HUE[2] = INK; KEY[2] = '* printed figures that do not fit each other' }
eval FLOW
eval canvas(W, bottom + 8.5 + foot)
set lmargin at screen X(plot_x); set rmargin at screen X(right); set tmargin at screen Y(6); set bmargin at screen Y(bottom)
set xrange [from:to]
set yrange [bottom:6]
set border 1
unset ytics
set xtics step(from, to, abreast(from, to, 8, right - plot_x))
set label 800001 'difference' at screen X((plot_x + right)/2), screen Y(bottom + 6.6) center
set label 800004 HEAD at screen X(W - 2), screen Y(3.5) right tc rgb DIM
if (!above_rows) { set arrow 800006 from 0, 6 to 0, bottom nohead lc rgb DIM lw 0.7 back }
do for [i=1:rows] {
    if (above_rows) { set arrow 70000+i from 0, AT[i] - 1.6 to 0, AT[i] + 1.6 nohead lc rgb DIM lw 0.7 back }    # not across labels
    set label i NAME[i] at screen X(2), first AT[i] - lift
    set label 20000+i WORDS[i] at screen X(W - 2), first AT[i] right
}
eval FOOT

cut(x) = x < from ? from : x > to ? to : x      # NaN stays NaN
plot LEAST using (cut(LEAST[$1])):(AT[$1]):(cut(MOST[$1]) - cut(LEAST[$1])):(0) with vectors nohead lc rgb GREY lw 3.6, \
     LOW using (cut(LOW[$1])):(AT[$1]):(cut(HIGH[$1]) - cut(LOW[$1])):(0) with vectors nohead lc rgb INK lw 1.2, \
     EST using (EST[$1]):(AT[$1]) with points pt 7 ps 0.8*POINT lc rgb COLOUR[1]
