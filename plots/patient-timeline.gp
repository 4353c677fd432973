# figure:  patient-timeline
# data:    the dispensings of one person: the drug, the day, how long the supply lasts and what was left over
# columns: drug date day days carried
#
# A line per drug. A mark stands on the day of a dispensing; the dark bar is its own supply, which starts when
# what is left from before (the pale bar) is used up.
#
# gnuplot -c patient-timeline.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array DRUG[rows]; array DATE[rows]; array DAY[rows]; array DAYS[rows]; array LEFT[rows]
i = 0
stats DATA using (i = i + 1, DRUG[i] = stringcolumn("drug"), DATE[i] = stringcolumn("date"), \
    DAY[i] = num(stringcolumn("day")), DAYS[i] = num(stringcolumn("days")), LEFT[i] = num(stringcolumn("carried")), 0) nooutput
unset datafile columnheaders

drugs = ''; last = 1.; name_w = 0.; carried = 0
do for [i=1:rows] {
    drugs = add(drugs, DRUG[i]); last = most(last, DAY[i] + LEFT[i] + DAYS[i])
    name_w = most(name_w, textwidth(DRUG[i], 7)); carried = carried || LEFT[i] > 0
}
D = size(drugs); left = name_w + 5

keys = 2 + (carried ? 1 : 0)
KEY[1] = 'dispensing'; KEY_MARK[1] = 7; KEY_HUE[1] = INK
KEY[2] = 'its supply'; KEY_MARK[2] = 5; KEY_HUE[2] = AFTER
KEY[3] = 'left over from before, used first'; KEY_MARK[3] = 5; KEY_HUE[3] = BEFORE
eval FLOW
slot = 9.; bottom = 4 + D*slot
eval canvas(W, bottom + 9 + foot)
set lmargin at screen X(left); set rmargin at screen X(W - 4); set tmargin at screen Y(4); set bmargin at screen Y(bottom)
set xrange [0:last]
set yrange [D + 0.5:0.5]
set border 1
unset ytics
set xtics step(0, last, abreast(0, last, 10, W - left - 4))
do for [k=1:D] { set label 700000+k item(drugs, k) at screen X(left - 2), first k right }
set label 800001 'days since the first dispensing, '.DATE[1] at screen X((left + W - 4)/2), screen Y(bottom + 7) center
eval FOOT

# What is left over is drawn on top of the bar in which it was dispensed; frames tell the bars apart.
set print $bars
do for [i=1:rows] {
    k = place(drugs, DRUG[i])
    print sprintf("%.17g\t%.17g\t%.17g\t%d", DAY[i], DAY[i] + LEFT[i], DAY[i] + LEFT[i] + DAYS[i], k)
}
set print
set style fill solid 1.0 border lc rgb INK
plot $bars using 1:4:2:3:($4 - 0.02):($4 + 0.3) with boxxyerror lc rgb AFTER lw 0.5, \
     $bars using 1:4:1:2:($4 - 0.02):($4 + 0.3) with boxxyerror lc rgb BEFORE lw 0.5, \
     $bars using 1:($4 - 0.2) with points pt 7 ps 0.6*POINT lc rgb INK
