# figure:  specification-curve
# data:    one effect under every specification of an analysis, from the least to the greatest
# columns: endpoint measure term scale windows guard method group n estimate conf_low conf_high conf_level p_value
#
# Above, the estimates with their intervals, in the order of the file; a filled point has an interval without 0.
# Below, one line per choice and a square where a specification made it; choices that all of them made stand in
# the heading. What is drawn: the endpoint, its measure and the term of the rows.
#
# gnuplot -c specification-curve.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array WINDOWS[rows]; array GUARD[rows]; array METHOD[rows]; array GROUP[rows]; array N[rows]; array VALUE[rows]
array LOW[rows]; array HIGH[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, ENDPOINT = stringcolumn("endpoint"), MEASURE = stringcolumn("measure"), \
    TERM = stringcolumn("term"), SCALE = stringcolumn("scale"), WINDOWS[i] = stringcolumn("windows"), \
    GUARD[i] = stringcolumn("guard"), METHOD[i] = stringcolumn("method"), GROUP[i] = stringcolumn("group"), \
    N[i] = num(stringcolumn("n")), VALUE[i] = num(stringcolumn("estimate")), LOW[i] = num(stringcolumn("conf_low")), \
    HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), 0) nooutput
unset datafile columnheaders    # what is plotted below are datablocks, without a header

users = MEASURE eq 'users' && SCALE eq '-'; unit = users ? 100. : 1.
axis = TERM.(users ? ', % points' : SCALE eq 'log' ? ', log ratio' : SCALE eq 'percent' ? ', %' : \
    MEASURE eq '-' ? '' : ', '.(MEASURE eq 'ddd' ? 'DDD' : MEASURE eq 'treatment-days' ? 'days of treatment' : MEASURE).' per person')

# Four kinds of choices; those with one value only are said in the heading.
array CHOICES[4]; array TITLE[4]
TITLE[1] = 'windows, days'; TITLE[2] = 'coverage guard'; TITLE[3] = 'method'; TITLE[4] = 'group'
do for [k=1:4] { CHOICES[k] = '' }
from = 0.; to = 0.
do for [i=1:rows] {
    CHOICES[1] = add(CHOICES[1], WINDOWS[i]); CHOICES[2] = add(CHOICES[2], GUARD[i])
    CHOICES[3] = add(CHOICES[3], METHOD[i]); CHOICES[4] = add(CHOICES[4], GROUP[i])
    from = least(from, least(unit*VALUE[i], unit*LOW[i])); to = most(to, most(unit*VALUE[i], unit*HIGH[i]))
}
if (from == to) { to = 1. }
spare = 0.05*(to - from); from = from - spare; to = to + spare
# every hyphen in front of a digit is a minus
minus_all(s) = (AT_ = strstrt(s, ' -')) ? minus_all(s[1:AT_].'−'.s[AT_+2:*]) : s[1:1] eq '-' ? '−'.s[2:*] : s
made(k, i) = k == 1 ? WINDOWS[i] : k == 2 ? GUARD[i] : k == 3 ? METHOD[i] : GROUP[i]

# Lines of the matrix: a title for each kind that varies, then its values.
lines = 0; widest = 0.; said = ''
do for [k=1:4] {
    if (size(CHOICES[k]) > 1) {
        lines = lines + 1 + size(CHOICES[k]); widest = most(widest, textwidth(TITLE[k], 7))
        do for [c=1:size(CHOICES[k])] { widest = most(widest, 3 + textwidth(minus_all(item(CHOICES[k], c)), 7)) }
    } else {
        if (!(k == 4 && item(CHOICES[k], 1) eq 'all')) {
            said = said.(said eq '' ? '' : '; ').TITLE[k].' '.minus_all(item(CHOICES[k], 1))
        }
    }
}
ystep = step(from, to, 8)
left = most(widest + 4, 9. + ticks_w(from, to, ystep)); above = said eq '' ? 7. : 7. + LINE; tall = W < 120 ? 45. : 60.
keys = 2
KEY[1] = (known(LEVEL) ? ci_words(LEVEL) : 'interval').' without 0'; KEY_MARK[1] = 7; KEY_HUE[1] = INK
KEY[2] = 'with 0'; KEY_MARK[2] = 6; KEY_HUE[2] = INK
eval FLOW
eval canvas(W, above + tall + 3 + LINE*lines + 1 + foot)

set multiplot
set lmargin at screen X(left); set rmargin at screen X(W - 3)
set tmargin at screen Y(above); set bmargin at screen Y(above + tall)
set xrange [0.5:rows + 0.5]
set yrange [from:to]
set ytics ystep
unset xtics
set border 2
set label 1 axis at screen X(left - 6.5 - ticks_w(from, to, ystep)), screen Y(above + tall/2) center rotate by 90
set label 2 ENDPOINT at screen X(left), screen Y(3) font BOLD
if (said ne '') { set label 3 said at screen X(left), screen Y(3 + LINE) font SMALL tc rgb DIM }
set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead dt 3 lc rgb INK lw 1
apart(i) = known(LOW[i]) && known(HIGH[i]) && (LOW[i] > 0 || HIGH[i] < 0)
set print $points
do for [i=1:rows] {
    print sprintf("%d\t%.17g\t%.17g\t%.17g\t%d", i, unit*VALUE[i], unit*LOW[i], unit*HIGH[i], apart(i))
}
set print
size_of = rows > 60 ? 0.35 : rows > 25 ? 0.5 : 0.7
plot $points using 1:3:(0):($4 - $3) with vectors nohead lc rgb DIM lw (rows > 60 ? 0.7 : 1.2), \
     $points using 1:($5 == 0 ? $2 : NaN) with points pt 7 ps size_of*POINT lc rgb '#FFFFFF', \
     $points using 1:($5 == 0 ? $2 : NaN) with points pt 6 ps size_of*POINT lc rgb INK, \
     $points using 1:($5 == 1 ? $2 : NaN) with points pt 7 ps size_of*POINT lc rgb INK

if (lines > 0) {
    unset label; unset arrow; unset ytics; unset border
    set tmargin at screen Y(above + tall + 3); set bmargin at screen Y(above + tall + 3 + LINE*lines)
    set yrange [lines + 0.5:0.5]
    eval FOOT
    set print $squares
    print 'NaN NaN NaN'
    at = 0
    do for [k=1:4] { if (size(CHOICES[k]) > 1) {
        at = at + 1
        set label 100+at TITLE[k] at screen X(2), first at font BOLD
        do for [c=1:size(CHOICES[k])] {
            at = at + 1
            set label 100+at minus_all(item(CHOICES[k], c)) at screen X(5), first at
            do for [i=1:rows] { print sprintf("%d\t%d\t%d", i, at, made(k, i) eq item(CHOICES[k], c)) }
        }
    } }
    set print
    plot $squares using 1:2:($3 == 0 ? 0.25 : NaN) with points pt 5 ps 0.25*POINT lc rgb '#D9D9D9', \
         $squares using ($3 == 1 ? $1 : NaN):2 with points pt 5 ps size_of*POINT lc rgb AFTER
} else {
    unset label; unset arrow; unset border; unset ytics
    eval FOOT
    plot NaN
}
unset multiplot
