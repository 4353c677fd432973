# figure:  forest
# data:    one row per study, then per model its pooled result and, where there is one, its prediction interval
# columns: kind label method n estimate std_error conf_low conf_high conf_level p_value q q_df q_p i2 tau2 weight weight_of scale
#
# A forest plot, drawn from top to bottom in the order of the file. `kind` is study (a square, its area the precision,
# 1 / std_error^2), subset (a square; the mean of some of the studies), pooled (a diamond from conf_low to conf_high),
# prediction (a bar with ends), group (the heading of a subgroup) or between (a line of words: how subgroups differ).
# Beneath a pooled row stand Q, I2 and tau2 where they are given. `weight` is in percent, `weight_of` names its model. With `scale` log the estimates are logarithms: the axis and the numbers at
# the right are the ratios. An interval far wider than the rest is cut, with an arrow at the end of the axis. A row
# without an interval keeps its point; one without an estimate says so. On a narrow page the labels stand above their
# rows.
#
# gnuplot -c forest.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array KIND[rows]; array LABEL[rows]; array EST[rows]; array SE[rows]; array LOW[rows]; array HIGH[rows]; array P[rows]
array WEIGHT[rows]; array MODEL[rows]; array Q[rows]; array DF[rows]; array QP[rows]; array I2[rows]; array TAU2[rows]; array SCALE[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, KIND[i] = stringcolumn("kind"), LABEL[i] = stringcolumn("label"), \
    EST[i] = num(stringcolumn("estimate")), SE[i] = num(stringcolumn("std_error")), \
    LOW[i] = num(stringcolumn("conf_low")), HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), \
    P[i] = num(stringcolumn("p_value")), Q[i] = num(stringcolumn("q")), DF[i] = num(stringcolumn("q_df")), \
    QP[i] = num(stringcolumn("q_p")), I2[i] = num(stringcolumn("i2")), TAU2[i] = num(stringcolumn("tau2")), \
    WEIGHT[i] = num(stringcolumn("weight")), MODEL[i] = stringcolumn("weight_of"), SCALE[i] = stringcolumn("scale"), 0) nooutput
unset datafile columnheaders    # what is plotted below are arrays, without a header
ratios = 0; groups = 0; weights = 0; WEIGHTED = ''
do for [i=1:rows] {
    ratios = ratios || SCALE[i] eq 'log'; groups = groups + (KIND[i] eq 'group')
    if (known(WEIGHT[i])) { weights = weights + 1; WEIGHTED = W < 100 ? 'weight' : 'weight ('.MODEL[i].')' }
}
INDENT = groups ? 2. : 0.

# What the axis must hold: 0, every estimate, and every interval no wider than four times those or the median.
from = 0.; to = 0.; intervals = 0; median = 0.; precise = NaN
array SPAN[rows]
do for [i=1:rows] {
    if (!known(EST[i]) || !known(LOW[i]) || !known(HIGH[i])) { LOW[i] = NaN; HIGH[i] = NaN }
    from = least(from, EST[i]); to = most(to, EST[i])
    SPAN[i] = HIGH[i] - LOW[i]; intervals = intervals + known(SPAN[i])
    if (KIND[i] eq 'study') { precise = least(precise, SE[i]) }
}
if (intervals) { stats SPAN using (SPAN[$1]) nooutput; median = STATS_median }
widest = 4*most(median, to - from)
do for [i=1:rows] { if (SPAN[i] <= widest) { from = least(from, LOW[i]); to = most(to, HIGH[i]) } }
if (from == to) { from = -1.; to = 1. }
pad = 0.04*(to - from); from = from - pad; to = to + pad

# The words of each row, and the room they take. Ratios are shown each to its own size, other numbers alike.
most3(i) = most(abs(EST[i]), most(abs(LOW[i]), abs(HIGH[i])))
plain(x) = abs(x) < 700 ? exp(x) : x > 0 ? 1e300 : 0.
number(x, i) = ratios ? shown(plain(x), plain(x)) : shown(x, most3(i))
range(i) = known(LOW[i]) ? number(LOW[i], i).' to '.number(HIGH[i], i) : ''
spoken(i) = KIND[i] eq 'group' || KIND[i] eq 'between'
said(i)  = spoken(i) ? '' : !known(EST[i]) ? 'not estimable' : KIND[i] eq 'prediction' ? '('.range(i).')' : \
           number(EST[i], i).(known(LOW[i]) ? ' ('.range(i).')' : '')
# tau2 as 0.31, I2 as a whole percent
spread(i) = 'Q = '.shown(Q[i], Q[i]).', df '.sprintf('%d', DF[i]).', p '.(QP[i] < 0.001 ? '' : '= ').shown_p(QP[i]). \
            (known(I2[i]) ? sprintf('; I² = %.0f%%', I2[i]) : ''). \
            (known(TAU2[i]) ? '; τ² = '.shown(TAU2[i], TAU2[i]) : '')
apart(i)  = LABEL[i].': Q = '.shown(Q[i], Q[i]).', df '.sprintf('%d', DF[i]).', p '.(QP[i] < 0.001 ? '' : '= ').shown_p(QP[i])
percent(x) = minus(sprintf('%.1f%%', x))
HEAD = (ratios ? 'ratio' : 'estimate').' ('.ci_words(LEVEL).')'
array WORDS[rows]; array BELOW[rows]
name_w = 0.; words_w = textwidth(HEAD, 7); p_w = textwidth('p', 7)
weight_w = weights ? textwidth(WEIGHTED, 7) + 3 : 0.
do for [i=1:rows] {
    WORDS[i] = said(i); BELOW[i] = KIND[i] eq 'pooled' && known(Q[i]) && known(QP[i]) ? spread(i) : ''
    words_w = most(words_w, textwidth(WORDS[i], 7))
    if (KIND[i] eq 'between') { LABEL[i] = apart(i) }
    name_w = most(name_w, KIND[i] eq 'between' ? textwidth(LABEL[i], 6) + 4 + INDENT : \
                          textwidth(LABEL[i], 7) + (KIND[i] eq 'prediction' ? 5 + INDENT : KIND[i] eq 'group' ? 3 : 2 + INDENT))
    name_w = most(name_w, strlen(BELOW[i]) ? textwidth(BELOW[i], 6) + 4 + INDENT : 0)
    if (KIND[i] eq 'pooled' && known(P[i])) { p_w = most(p_w, textwidth(shown_p(P[i]), 7)) }
}
words_w = words_w + 3; p_w = p_w + 3

# Columns from the right edge inwards; where too little is left for the plot, labels stand above their rows.
above_rows = W - 9 - p_w - weight_w - words_w - name_w < 45
p_x = W - 2; weight_x = p_x - p_w; words_x = weight_x - weight_w; right = words_x - words_w - 1
plot_x = 4 + (above_rows ? 0 : name_w); lift = above_rows ? 3.2 : 0.
array AT[rows]; at = 6.
split = 0.
do for [i=1:rows] {
    gap = i > 1 && KIND[i] eq 'pooled' && KIND[i-1] ne 'group' ? 1.8 : 0.
    if (!groups && i > 1 && KIND[i] eq 'pooled' && (KIND[i-1] eq 'study' || KIND[i-1] eq 'subset')) { split = at + 2.6; gap = 3.2 }
    if (KIND[i] eq 'group' && i > 1) { split = at + 2.4; gap = 2.8 }
    at = at + gap + (spoken(i) ? 0. : lift) + 3.7
    AT[i] = at
    if (strlen(BELOW[i])) { at = at + 2.9 }
}
bottom = at + 2.5

keys = 0
eval FLOW
eval canvas(W, bottom + 8.5 + foot)
set lmargin at screen X(plot_x); set rmargin at screen X(right); set tmargin at screen Y(6); set bmargin at screen Y(bottom)
set xrange [from:to]
set yrange [bottom:6]
set border 1
unset ytics

# Ticks: of ratios 1, 2 and 5 times the powers of ten where these fit, else powers of ten alone.
if (ratios) {
    tens = (to - from)/log(10.)
    set xtics ()
    do for [e=int(floor(from/log(10.))) - 1:int(ceil(to/log(10.))) + 1] { do for [m in '1 2 5'] {
        ratio = m*10.**e; at = log(ratio)
        if (at >= from && at <= to && (m == 1 ? e % int(ceil(tens/8)) == 0 : (right - plot_x)/tens > 24)) {
            set xtics add (sprintf('%g', ratio) at)
        }
    } }
} else { set xtics step(from, to, abreast(from, to, 8, right - plot_x)) }
set label 800001 (ratios ? 'ratio' : 'estimate') at screen X((plot_x + right)/2), screen Y(bottom + 6.6) center
set label 800004 HEAD at screen X(words_x), screen Y(3.5) right tc rgb DIM
if (weights) { set label 800008 WEIGHTED at screen X(weight_x), screen Y(3.5) right tc rgb DIM }
set label 800005 'p' at screen X(p_x), screen Y(3.5) right tc rgb DIM
if (!above_rows) { set arrow 800006 from 0, screen Y(5) to 0, screen Y(bottom) nohead lc rgb DIM lw 0.7 back }
if (split > 0) { set arrow 800007 from screen X(2), first split to screen X(W - 2), first split nohead lc rgb GREY lw 0.7 back }

low(i)  = LOW[i] < from ? from : LOW[i]       # NaN stays NaN
high(i) = HIGH[i] > to ? to : HIGH[i]
do for [i=1:rows] {
    if (KIND[i] eq 'group') { set label i LABEL[i] at screen X(2), first AT[i] font BOLD
    } else { if (KIND[i] eq 'between') { set label i LABEL[i] at screen X(4 + INDENT), first AT[i] font SMALL tc rgb DIM
    } else { set label i LABEL[i] at screen X((KIND[i] eq 'prediction' ? 5 : 2) + INDENT), first AT[i] - lift } }
    if (known(WEIGHT[i])) { set label 100000+i percent(WEIGHT[i]) at screen X(weight_x), first AT[i] right }
    if (above_rows && !spoken(i)) { set arrow 70000+i from 0, AT[i] - 1.6 to 0, AT[i] + 1.4 nohead lc rgb DIM lw 0.7 back }    # not across labels
    set label 20000+i WORDS[i] at screen X(words_x), first AT[i] right
    if (KIND[i] eq 'pooled' && known(P[i])) { set label 30000+i shown_p(P[i]) at screen X(p_x), first AT[i] right }
    if (strlen(BELOW[i])) { set label 40000+i BELOW[i] at screen X(4 + INDENT), first AT[i] + 3.1 font SMALL tc rgb DIM }
    if (KIND[i] eq 'pooled' && known(LOW[i])) {
        set object i polygon from low(i), AT[i] to EST[i], AT[i] - 1.4 to high(i), AT[i] to EST[i], AT[i] + 1.4 to low(i), AT[i] \
            fc rgb COLOUR[1] fs solid 1.0 border rgb COLOUR[1] front
    }
    if (KIND[i] eq 'prediction') {
        if (LOW[i] >= from) { set arrow 50000+i from LOW[i], AT[i] - 0.9 to LOW[i], AT[i] + 0.9 nohead lc rgb COLOUR[1] lw 1.6 }
        if (HIGH[i] <= to) { set arrow 60000+i from HIGH[i], AT[i] - 0.9 to HIGH[i], AT[i] + 0.9 nohead lc rgb COLOUR[1] lw 1.6 }
    }
}
eval FOOT

# Intervals, then points: a row without an interval keeps its point. Squares by the root of the precision, so that
# their area tells it, and never too small to be seen.
tip     = 2.4*(to - from)/(right - plot_x)
span(i) = high(i) - low(i)
is(i, kind) = KIND[i] eq kind
one(i)  = is(i, 'study') || is(i, 'subset')
side(i) = is(i, 'subset') ? 0.7 : 0.35 + 0.95*(known(SE[i]) && SE[i] > 0 ? precise/SE[i] : 0.3)
plot SPAN using (one($1) ? low($1) : NaN):(AT[$1]):(span($1)):(0) with vectors nohead lc rgb INK lw 1.2, \
     SPAN using (is($1, 'prediction') ? low($1) : NaN):(AT[$1]):(span($1)):(0) with vectors nohead lc rgb COLOUR[1] lw 1.6, \
     SPAN using (!is($1, 'pooled') && HIGH[$1] > to ? to - tip : NaN):(AT[$1]):(tip):(0) with vectors head filled size screen X(1.6),22 lc rgb INK lw 1.2, \
     SPAN using (!is($1, 'pooled') && LOW[$1] < from ? from + tip : NaN):(AT[$1]):(-tip):(0) with vectors head filled size screen X(1.6),22 lc rgb INK lw 1.2, \
     EST using (one($1) ? EST[$1] : NaN):(AT[$1]):(POINT*side($1)) with points pt 5 ps variable lc rgb INK, \
     EST using (is($1, 'pooled') && !known(LOW[$1]) ? EST[$1] : NaN):(AT[$1]) with points pt 13 ps POINT lc rgb COLOUR[1]
