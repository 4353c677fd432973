# figure:  before-after
# data:    the mean per person, or the proportion of users, before and after the index date; one measure
# columns: outcome group measure window n value conf_low conf_high conf_level change change_low change_high
#
# One panel per group, one above the other on one scale; in it two bars per outcome, `before` pale and `after`
# dark, with their intervals. The measure `users` comes as a proportion and is drawn in percent; any other is
# a mean per person. Above each pair stands its change, with the interval where there is room: from the row
# of either window, in percentage points for users. A value that is missing reads NA, so that it is not
# taken for 0; an interval far above all bars is cut, with an arrow at the top.
#
# gnuplot -c before-after.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array OUTCOME[rows]; array GROUP[rows]; array WINDOW[rows]; array N[rows]; array VALUE[rows]; array LOW[rows]
array HIGH[rows]; array CHANGE[rows]; array CHANGE_LOW[rows]; array CHANGE_HIGH[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, MEASURE = stringcolumn("measure"), OUTCOME[i] = stringcolumn("outcome"), \
    GROUP[i] = stringcolumn("group"), WINDOW[i] = stringcolumn("window"), N[i] = num(stringcolumn("n")), \
    VALUE[i] = num(stringcolumn("value")), LOW[i] = num(stringcolumn("conf_low")), \
    HIGH[i] = num(stringcolumn("conf_high")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), CHANGE[i] = num(stringcolumn("change")), \
    CHANGE_LOW[i] = num(stringcolumn("change_low")), CHANGE_HIGH[i] = num(stringcolumn("change_high")), 0) nooutput
unset datafile columnheaders    # what is plotted below are datablocks, without a header

users = MEASURE eq 'users'; unit = users ? 100. : 1.
axis = users ? 'users, %' : (MEASURE eq 'ddd' ? 'DDD' : MEASURE eq 'treatment-days' ? 'days of treatment' : MEASURE).' per person'

# Outcomes and groups in the order of the file; the axis holds 0, every bar, and every interval that is not
# more than three times the longest bar away.
outcomes = ''; groups = ''; widest = 0.; from = 0.; to = 0.
do for [i=1:rows] {
    outcomes = add(outcomes, OUTCOME[i]); groups = add(groups, GROUP[i])
    from = least(from, unit*VALUE[i]); to = most(to, unit*VALUE[i]); widest = most(widest, textwidth(OUTCOME[i], 7))
}
O = size(outcomes); G = size(groups); far = 3*(to - from)
do for [i=1:rows] {
    if (unit*HIGH[i] <= far) { to = most(to, unit*HIGH[i]) }
    if (unit*LOW[i] >= -far) { from = least(from, unit*LOW[i]) }
}
if (from == to) { to = 1. }
to = to + 0.04*(to - from)
if (from < 0) { from = from - 0.04*(to - from) }

# The row of each bar (0: none), the row that has the change, and the size of each group.
array BAR[2*O*G]; array WITH[O*G]; array COUNT[G]
do for [j=1:2*O*G] { BAR[j] = 0 }
do for [j=1:O*G] { WITH[j] = 0 }
do for [g=1:G] { COUNT[g] = NaN }
do for [i=1:rows] {
    g = place(groups, GROUP[i]); at = (g - 1)*O + place(outcomes, OUTCOME[i])
    BAR[2*at - (WINDOW[i] eq 'before')] = i
    if (known(CHANGE[i])) { WITH[at] = i }
    COUNT[g] = most(COUNT[g], N[i])
}

# The words of each change, all with the decimals that suit the largest, and whether its interval fits above
# its pair of bars.
largest = 0.
do for [i=1:rows] { largest = most(largest, abs(unit*CHANGE[i])) }
signed(x)  = (x > 0 ? '+' : '').shown(unit*x, largest)
change(i)  = signed(CHANGE[i])
between(i) = known(CHANGE_LOW[i]) && known(CHANGE_HIGH[i]) ? '('.signed(CHANGE_LOW[i]).' to '.signed(CHANGE_HIGH[i]).')' : ''
between_w = 0.; change_w = 0.
do for [j=1:O*G] { if (WITH[j]) {
    change_w = most(change_w, textwidth(change(WITH[j]), 6)); between_w = most(between_w, textwidth(between(WITH[j]), 6))
} }

# Outcomes are named once, under the last panel: upright where they fit, else slanted, or on end where a
# slanted name would run off the left edge. The changes too stand on end where they would touch.
ystep = step(from, to, 5); left = 8. + ticks_w(from, to, ystep); slot = (W - left - 2)/O
slant = widest < slot - 1 ? 0 : 45
do for [o=1:O] { if (slant && 0.71*textwidth(item(outcomes, o), 7) > left + slot*(o - 0.5) - 1) { slant = 90 } }
below = slant == 0 ? 5. : widest*(slant == 45 ? 0.71 : 1) + 4.5
on_end = change_w > slot - 1; between_too = between_w > 0 && between_w < slot - 0.5
room  = change_w == 0 ? 0.5 : on_end ? change_w + 1.5 : between_too ? 6. : 3.
above = 5 + room; tall = G == 1 ? 45. : G < 4 ? 30. : G < 5 ? 24. : 20.

keys = 2; KEY[1] = 'before'; KEY_MARK[1] = 5; KEY_HUE[1] = BEFORE; KEY[2] = 'after'; KEY_MARK[2] = 5; KEY_HUE[2] = AFTER
if (change_w > 0) {
    keys = 3; KEY_MARK[3] = -1
    KEY[3] = 'above the bars: change'.(users ? ' in percentage points' : '').(between_too ? ' ('.ci_words(LEVEL).')' : '')
}
eval FLOW
eval canvas(W, G*(above + tall) + 2.5*(G - 1) + below + 1 + foot)

none(i) = i ? !known(VALUE[i]) : 1
cut(x)  = x > to ? to : x < from ? from : x      # NaN stays NaN

set multiplot
set lmargin at screen X(left); set rmargin at screen X(W - 2)
set xrange [0.5:O + 0.5]
set yrange [from:to]
set ytics ystep
tip = 2.4*(to - from)/tall
set boxwidth 0.34
set style fill solid 1.0 border lc rgb INK
if (from < 0) { set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead lc rgb INK lw 0.7 }
do for [g=1:G] {
    top = g*above + (g - 1)*(tall + 2.5)
    set tmargin at screen Y(top); set bmargin at screen Y(top + tall)
    unset label
    set label 800001 item(groups, g).(known(COUNT[g]) ? sprintf(' (n = %d)', COUNT[g]) : '') at screen X(left), screen Y(top - room - 2.6) font BOLD
    if (g == G) { set label 800002 axis at screen X(2.5), screen Y((above + top + tall)/2) center rotate by 90; eval FOOT }
    set xtics ('' 0) scale 0 norotate
    if (slant) { set xtics rotate by slant right }
    do for [o=1:O] { if (g == G) { set xtics add (item(outcomes, o) o) } }

    # One line per bar: where it stands, its value and interval, and the window.
    set print $bars
    do for [j=1:2*O] {
        i = BAR[2*(g - 1)*O + j]; o = (j + 1)/2; x = o + (j % 2 ? -0.19 : 0.19)
        if (i) { print sprintf("%g\t%.17g\t%.17g\t%.17g\t%d", x, unit*VALUE[i], unit*LOW[i], unit*HIGH[i], j % 2) }
    }
    set print
    do for [o=1:O] {
        at = (g - 1)*O + o; i = WITH[at]; no_before = none(BAR[2*at - 1]); no_after = none(BAR[2*at])
        if (no_before || no_after) {
            set label 1000+o 'NA' at first o + 0.19*(no_after - no_before), first 0 offset 0, character 0.5 \
                center font SMALL tc rgb DIM
        }
        if (i && on_end) { set label 2000+o change(i) at first o, screen Y(top - 1) left rotate by 90 font SMALL }
        if (i && !on_end) { set label 2000+o change(i) at first o, screen Y(top - room + 1.2) center font SMALL }
        if (i && between_too) { set label 3000+o between(i) at first o, screen Y(top - room + 4) center font SMALL }
    }
    plot $bars using 1:($5 == 1 ? $2 : NaN) with boxes lc rgb BEFORE, \
         $bars using 1:($5 == 0 ? $2 : NaN) with boxes lc rgb AFTER, \
         $bars using 1:(cut($3)):(0):(cut($4) - cut($3)) with vectors nohead lc rgb INK lw 1.2, \
         $bars using 1:($4 > to ? to - tip : NaN):(0):(tip) with vectors head filled size screen X(1.4),22 lc rgb INK
}
unset multiplot
