# figure:  effects
# data:    one row per estimate, drawn from top to bottom in the order of the file
# columns: endpoint label unit contrast method term n estimate conf_low conf_high conf_level p_value p_adjusted better note
#
# A forest plot. `label` (where missing, `endpoint`) stands at the left, with the term where the file has more
# than one. Rows that follow one another with the same endpoint, label and term but another method stand
# beneath it, each method with its own marker. A row without an interval keeps its point; a row without an
# estimate says so. An interval far wider than the rest is cut, with an arrow at the end of the axis; the
# numbers at the right are those of the file. The axis says which treatment is minus which (`contrast`) and the
# `unit`, where the file has one of each. `better` (higher, lower) is said under the axis, or in a column
# where rows differ. On a narrow page the labels stand above their rows, `better` with them.
#
# gnuplot -c effects.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array ENDPOINT[rows]; array LABEL[rows]; array UNIT[rows]; array CONTRAST[rows]; array METHOD[rows]; array TERM[rows]; array N[rows]; array EST[rows]
array LOW[rows]; array HIGH[rows]; array P[rows]; array ADJUSTED[rows]; array BETTER[rows]; array NOTE[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, ENDPOINT[i] = stringcolumn("endpoint"), LABEL[i] = stringcolumn("label"), \
    UNIT[i] = stringcolumn("unit"), CONTRAST[i] = stringcolumn("contrast"), \
    METHOD[i] = stringcolumn("method"), TERM[i] = stringcolumn("term"), N[i] = num(stringcolumn("n")), \
    EST[i] = num(stringcolumn("estimate")), LOW[i] = num(stringcolumn("conf_low")), \
    HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), P[i] = num(stringcolumn("p_value")), \
    ADJUSTED[i] = num(stringcolumn("p_adjusted")), BETTER[i] = stringcolumn("better"), \
    NOTE[i] = stringcolumn("note"), 0) nooutput
unset datafile columnheaders    # what is plotted below are arrays, without a header

# Distinct methods, terms and directions; half an interval is none. What the axis must hold: 0 and every
# estimate, and every interval no wider than four times that or the median interval.
methods = ''; terms = ''; directions = ''; units = ''; contrasts = ''; from = 0.; to = 0.; intervals = 0
array SPAN[rows]; median = 0.
do for [i=1:rows] {
    methods = add(methods, METHOD[i]); terms = add(terms, TERM[i])
    directions = add(directions, given(BETTER[i]) ? BETTER[i] : 'NA')
    units = add(units, given(UNIT[i]) ? UNIT[i] : 'NA'); contrasts = add(contrasts, given(CONTRAST[i]) ? CONTRAST[i] : 'NA')
    if (!known(EST[i]) || !known(LOW[i]) || !known(HIGH[i])) { LOW[i] = NaN; HIGH[i] = NaN }
    from = least(from, EST[i]); to = most(to, EST[i])
    SPAN[i] = HIGH[i] - LOW[i]; intervals = intervals + known(SPAN[i])
}
if (intervals) { stats SPAN using (SPAN[$1]) nooutput; median = STATS_median }
widest = 4*most(median, to - from)
do for [i=1:rows] { if (SPAN[i] <= widest) { from = least(from, LOW[i]); to = most(to, HIGH[i]) } }
if (from == to) { from = -1.; to = 1. }
pad = 0.04*(to - from); from = from - pad; to = to + pad

# The words of each row, where a block (one endpoint and term) starts, and the room each column takes.
most3(i)  = most(abs(EST[i]), most(abs(LOW[i]), abs(HIGH[i])))
like(i)   = most3(i) > 100*abs(EST[i]) ? EST[i] : most3(i)
said(i)  = !known(EST[i]) ? (strstrt(NOTE[i], 'suppressed') ? 'suppressed' : 'not estimable') : shown(EST[i], like(i)). \
            (known(LOW[i]) ? ' ('.shown(LOW[i], most3(i)).' to '.shown(HIGH[i], most3(i)).')' : '')
column_w(head, w) = w > 0 ? most(w, textwidth(head, 7)) + 3 : 0
array NAME[rows]; array WORDS[rows]; array FIRST[rows]
name_w = 0.; n_w = 0.; words_w = 0.; p_w = 0.; adjusted_w = 0.; blocks = 0
do for [i=1:rows] {
    NAME[i] = (given(LABEL[i]) ? LABEL[i] : ENDPOINT[i]).(size(terms) > 1 && given(TERM[i]) ? ', '.TERM[i] : ''); WORDS[i] = said(i)
    FIRST[i] = i == 1 ? 1 : NAME[i] ne NAME[i-1] || ENDPOINT[i] ne ENDPOINT[i-1]
    blocks = blocks + FIRST[i]
    name_w = most(name_w, textwidth(NAME[i], 7) + 2); words_w = most(words_w, textwidth(WORDS[i], 7))
    if (known(N[i])) { n_w = most(n_w, textwidth(sprintf('%d', N[i]), 7)) }
    if (known(P[i])) { p_w = most(p_w, textwidth(shown_p(P[i]), 7)) }
    if (known(ADJUSTED[i])) { adjusted_w = most(adjusted_w, textwidth(shown_p(ADJUSTED[i]), 7)) }
}
n_w = column_w('n', n_w); words_w = column_w('estimate ('.ci_words(LEVEL).')', words_w); p_w = column_w('p', p_w)
adjusted_w = column_w('adj. p', adjusted_w); mixed = size(directions) > 1

# Columns from the right edge inwards; the plot gets what is left, and where that is too little the labels
# stand above their rows. y is in millimetres from the top edge.
better_w = mixed ? column_w('better', 5.) : 0.
above_rows = W - 9 - better_w - adjusted_w - p_w - words_w - name_w - n_w < 35
if (above_rows) { better_w = 0. }
adjusted_x = W - 2 - better_w; p_x = adjusted_x - adjusted_w; words_x = p_x - p_w; right = words_x - words_w - 1
plot_x = 4 + n_w + (above_rows ? 0 : name_w); lift = above_rows ? 3.5 : 0.
array AT[rows]; at = 6.
do for [i=1:rows] {
    at = at + (FIRST[i] ? (i > 1 ? 1.4 : 0) + lift : 0) + 3.6; AT[i] = at
}
bottom = at + 2.5

keys = size(methods)
do for [k=1:keys] { KEY[k] = given(item(methods, k)) ? item(methods, k) : 'estimate'; KEY_MARK[k] = mark(k); KEY_HUE[k] = hue(k) }
eval FLOW
one = !mixed && given(BETTER[1]); beside = right - plot_x > 75     # a word on better; beside the axis label
eval canvas(W, bottom + 8.5 + (one && !beside ? LINE : 0) + foot)

set lmargin at screen X(plot_x); set rmargin at screen X(right); set tmargin at screen Y(6); set bmargin at screen Y(bottom)
set xrange [from:to]
set yrange [bottom:6]
set border 1
unset ytics
set xtics step(from, to, abreast(from, to, 8, right - plot_x))
what = size(contrasts) == 1 && given(CONTRAST[1]) ? CONTRAST[1] : 'estimate'.(size(terms) == 1 && given(TERM[1]) ? ' ('.TERM[1].')' : '')
set label 800001 what.(size(units) == 1 && given(UNIT[1]) ? ', '.UNIT[1] : '') \
    at screen X((plot_x + right)/2), screen Y(bottom + 6.6) center
if (one) {
    if (BETTER[1] eq 'lower') { set label 800002 '← lower is better' at screen X(plot_x), screen Y(bottom + 6.6 + LINE*!beside) }
    else { set label 800002 BETTER[1].' is better →' at screen X(right), screen Y(bottom + 6.6 + LINE*!beside) right }
}
set label 800004 'estimate ('.ci_words(LEVEL).')' at screen X(words_x), screen Y(3.5) right tc rgb DIM
if (n_w > 0)        { set label 800003 'n' at screen X(plot_x - 2), screen Y(3.5) right tc rgb DIM }
if (p_w > 0)        { set label 800005 'p' at screen X(p_x), screen Y(3.5) right tc rgb DIM }
if (adjusted_w > 0) { set label 800006 'adj. p' at screen X(adjusted_x), screen Y(3.5) right tc rgb DIM }
if (better_w > 0)   { set label 800007 'better' at screen X(W - 2), screen Y(3.5) right tc rgb DIM }

# The rows, last to first: a band behind every other block, the line at 0 (not across labels), the words.
block = 0; next = bottom
do for [i=rows:1:-1] {
    if (FIRST[i]) {
        block = block + 1; start = AT[i] - 2.5 - lift
        if (blocks > 2 && block % 2) { set object block rectangle from screen 0, first start to screen 1, first next fc rgb BAND fs noborder behind }
        set arrow block from 0, first (above_rows ? AT[i] - 1.6 : start) to 0, first next nohead lc rgb DIM lw 0.7 back
        set label i NAME[i].(mixed && above_rows && given(BETTER[i]) ? ' ('.BETTER[i].' is better)' : '') at screen X(2), first AT[i] - lift
        if (better_w > 0 && given(BETTER[i])) { set label 50000+i BETTER[i] at screen X(W - 2), first AT[i] right }
        next = start
    }
    if (known(N[i])) { set label 10000+i sprintf('%d', N[i]) at screen X(plot_x - 2), first AT[i] right }
    set label 20000+i WORDS[i] at screen X(words_x), first AT[i] right
    if (known(P[i])) { set label 30000+i shown_p(P[i]) at screen X(p_x), first AT[i] right }
    if (known(ADJUSTED[i])) { set label 40000+i shown_p(ADJUSTED[i]) at screen X(adjusted_x), first AT[i] right }
}
eval FOOT

# Intervals and points in passes of their own: a row without an interval keeps its point.
low(i)  = LOW[i] < from ? from : LOW[i]       # NaN stays NaN
tip     = 2.4*(to - from)/(right - plot_x)
span(i) = (HIGH[i] > to ? to : HIGH[i]) - low(i)
plot SPAN using (low($1)):(AT[$1]):(span($1)):(0) with vectors nohead lc rgb INK lw 1.2, \
     SPAN using (HIGH[$1] > to ? to - tip : NaN):(AT[$1]):(tip):(0) with vectors head filled size screen X(1.6),22 lc rgb INK lw 1.2, \
     SPAN using (LOW[$1] < from ? from + tip : NaN):(AT[$1]):(-tip):(0) with vectors head filled size screen X(1.6),22 lc rgb INK lw 1.2, \
     for [k=1:keys] EST using (METHOD[$1] eq item(methods, k) ? EST[$1] : NaN):(AT[$1]) with points pt KEY_MARK[k] ps 0.8*POINT lc rgb KEY_HUE[k]
