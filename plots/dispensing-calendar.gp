# figure:  dispensing-calendar
# data:    the number of dispensings of every day
# columns: date dispensings
#
# A panel per year: a square per day, weeks from left to right, Monday on top. Paler is fewer; a day without any
# is white, and so are those outside the data, which have no frame. The scale runs to the busiest day.
#
# gnuplot -c dispensing-calendar.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array YEAR[rows]; array WEEK[rows]; array WEEKDAY[rows]; array MONTH[rows]; array DOM[rows]; array COUNT[rows]
i = 0; most_of_all = 1.

# Days since Monday 1970-01-05, and the day of the week counted from Monday = 0.
seconds(s) = strptime('%Y-%m-%d', s)
since(s)   = int(floor(seconds(s)/86400.)) - 4
weekday(s) = since(s) - 7*int(floor(since(s)/7.))
week(s)    = int(floor(since(s)/7.) - floor(since(s[1:4].'-01-01')/7.))
stats DATA using (i = i + 1, YEAR[i] = int(stringcolumn("date")[1:4]), WEEK[i] = week(stringcolumn("date")), \
    WEEKDAY[i] = weekday(stringcolumn("date")), MONTH[i] = int(dotted(stringcolumn("date")[6:7])), \
    DOM[i] = int(dotted(stringcolumn("date")[9:10])), COUNT[i] = num(stringcolumn("dispensings")), \
    most_of_all = most(most_of_all, num(stringcolumn("dispensings"))), 0) nooutput
unset datafile columnheaders

first = YEAR[1]; years = YEAR[rows] - first + 1
left = 9.; side = (W - left - 2)/54.; panel = 7*side; gap = 6.5
shade(x) = x <= 0 ? 0xFFFFFF : 65536*int(229 - 229*x) + 256*int(240 - 126*x) + int(249 - 71*x)

keys = 0
eval FLOW
height = years*(panel + gap) + 8 + foot
eval canvas(W, height)
set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0
set xrange [0:W]
set yrange [height:0]
set border 0
unset xtics
unset ytics

top(y)  = 5 + (y - first)*(panel + gap)
name(m) = word('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec', m)
do for [y=first:first + years - 1] {
    set label y sprintf('%d', y) at left - 1.5, top(y) + panel/2 right font BOLD
}
set print $days
do for [i=1:rows] {
    print sprintf("%.17g\t%.17g\t%d", left + side*(WEEK[i] + 0.5), top(YEAR[i]) + side*(WEEKDAY[i] + 0.5), shade(COUNT[i]/most_of_all))
    if (DOM[i] == 15 && (W > 100 || MONTH[i] % 2)) { set label 10000 + 100*(YEAR[i] - first) + MONTH[i] name(MONTH[i]) at left + side*WEEK[i], top(YEAR[i]) - 1.7 center font SMALL tc rgb DIM }
}
set print

# The scale: five squares from none to the busiest day.
scale_y = height - foot - 4
set label 900010 'dispensings a day: 0' at left, scale_y font SMALL
x0 = left + textwidth('dispensings a day: 0', 6) + 2
set print $scale
do for [k=0:5] { print sprintf("%.17g\t%.17g\t%d", x0 + 3*k + 1.5, scale_y, shade(k/5.)) }
set print
set label 900011 sprintf('%g', most_of_all) at x0 + 19.5, scale_y font SMALL
eval FOOT
set style fill solid 1.0 border lc rgb '#BFBFBF'
plot $days using 1:2:(side*0.46):(side*0.46):3 with boxxyerror lc rgb variable lw 0.5, \
     $scale using 1:2:(1.4):(1.4):3 with boxxyerror lc rgb variable lw 0.5
