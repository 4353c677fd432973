# figure:  funnel
# data:    one row per study, then the pooled result and Egger's regression where there are any
# columns: kind label estimate std_error slope p_value conf_level scale
#
# A funnel plot: estimates against their standard errors, precise studies at the top. Shading tells how far an estimate
# is from 0 (contours of the two-sided p, Peters et al. 2008, J Clin Epidemiol 61:991-996); where all are very far from
# 0 there is none. Dashed lines hold the
# studies that would scatter about the pooled result by chance alone, at the level of the intervals. The dotted line is
# Egger's regression, estimate + slope x standard error. With `scale` log the estimates are logarithms and the axis
# shows ratios.
#
# gnuplot -c funnel.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array KIND[rows]; array LABEL[rows]; array EST[rows]; array SE[rows]; array SLOPE[rows]; array P[rows]; array SCALE[rows]
i = 0; LEVEL = NaN
stats DATA using (i = i + 1, KIND[i] = stringcolumn("kind"), LABEL[i] = stringcolumn("label"), \
    EST[i] = num(stringcolumn("estimate")), SE[i] = num(stringcolumn("std_error")), SLOPE[i] = num(stringcolumn("slope")), \
    P[i] = num(stringcolumn("p_value")), LEVEL = most(LEVEL, num(stringcolumn("conf_level"))), \
    SCALE[i] = stringcolumn("scale"), 0) nooutput
unset datafile columnheaders    # what is plotted below are arrays, without a header

# What the axes must hold: 0 if it is near, every study, and the lower end of the funnel if that does not make it far wider.
from = NaN; to = NaN; deepest = 0.; middle = NaN; line = 0; ratios = 0; model = ''
do for [i=1:rows] {
    ratios = ratios || SCALE[i] eq 'log'
    if (KIND[i] eq 'study') { from = least(from, EST[i]); to = most(to, EST[i]); deepest = most(deepest, SE[i]) }
    if (KIND[i] eq 'pooled') { middle = EST[i]; model = LABEL[i]; from = least(from, EST[i]); to = most(to, EST[i]) }
    if (KIND[i] eq 'egger') { line = i }
}
if (deepest == 0) { deepest = 1. }
deepest = 1.06*deepest
near = most(from, -to) <= 3*(to - from + 4*deepest)
if (near) { from = least(from, 0); to = most(to, 0) }
z(p) = -invnorm(p/2)
chance = known(LEVEL) ? z(1 - LEVEL) : NaN
across = to - from
if (known(middle) && known(chance)) {
    from = least(from, most(middle - chance*deepest, from - 0.6*across)); to = most(to, least(middle + chance*deepest, to + 0.6*across))
}
if (from == to) { from = -1.; to = 1. }
pad = 0.04*(to - from); from = from - pad; to = to + pad

# The legend, and below the plot.
keys = near ? 3 : 0
KEY[1] = 'p 0.05 to 0.10'; KEY_MARK[1] = 5; KEY_HUE[1] = '#BDBDBD'
KEY[2] = 'p 0.01 to 0.05'; KEY_MARK[2] = 5; KEY_HUE[2] = '#D9D9D9'
KEY[3] = 'p < 0.01'; KEY_MARK[3] = 5; KEY_HUE[3] = '#EFEFEF'
if (known(middle)) {
    keys = keys + 1; KEY[keys] = 'dashed: '.model.(known(LEVEL) ? sprintf(', %g%% of studies by chance', 100*LEVEL) : ''); KEY_MARK[keys] = -1; KEY_HUE[keys] = INK
}
if (line) {
    keys = keys + 1; KEY[keys] = "dotted: ".LABEL[line].(known(P[line]) ? ', p '.(P[line] < 0.001 ? '' : '= ').shown_p(P[line]) : ''); KEY_MARK[keys] = -1; KEY_HUE[keys] = INK
}
height = W < 120 ? 62. : 88.
eval FLOW
eval canvas(W, height + 9.5 + foot)
left = 4 + LINE + ticks_w(0, deepest, step(0, deepest, 6)) + 2
set lmargin at screen X(left); set rmargin at screen X(W - 4); set tmargin at screen Y(3); set bmargin at screen Y(height)
set xrange [from:to]
set yrange [deepest:0]
if (!near) { set format x '%.10g' }     # numbers that differ late
set ytics step(0, deepest, 6)
plot_w = W - 4 - left
if (ratios) {
    tens = (to - from)/log(10.)
    set xtics ()
    do for [e=int(floor(from/log(10.))) - 1:int(ceil(to/log(10.))) + 1] { do for [m in '1 2 5'] {
        ratio = m*10.**e; at = log(ratio)
        if (at >= from && at <= to && (m == 1 ? e % int(ceil(tens/8)) == 0 : plot_w/tens > 24)) {
            set xtics add (sprintf('%g', ratio) at)
        }
    } }
} else { set xtics step(from, to, abreast(from, to, 8, plot_w)) }
set label 800001 (ratios ? 'ratio' : 'estimate') at screen X((left + W - 4)/2), screen Y(height + 6.6) center
set label 800002 'standard error' at screen X(3), screen Y(height/2 + 1.5) center rotate by 90

# |x| < k se, from the top down, cut at the edges of the plot.
deep(x, k) = least(deepest, abs(x)/k)
side(x, k, s) = abs(x) < k*s ? x : (x < 0 ? -k*s : k*s)
if (near) { set object 1 rectangle from from, deepest to to, 0 fc rgb KEY_HUE[3] fs solid 1.0 noborder behind }
do for [c=1:(near ? 3 : 0)] {
    k = z(word('0.01 0.05 0.10', c)); colour = c == 1 ? KEY_HUE[2] : c == 2 ? KEY_HUE[1] : '#FFFFFF'
    set object 1+c polygon from 0, 0 to side(to, k, deepest), deep(to, k) to side(to, k, deepest), deepest \
        to side(from, k, deepest), deepest to side(from, k, deepest), deep(from, k) to 0, 0 \
        fc rgb colour fs solid 1.0 noborder behind
}
if (near) { set arrow 1 from 0, 0 to 0, deepest nohead lc rgb DIM lw 0.7 back }

# Lines from the top, each as far as the plot goes.
array END[2]
if (known(middle)) {
    set arrow 2 from middle, 0 to middle, deepest nohead lc rgb COLOUR[1] lw 1.4 dt (6, 4) front
    if (known(chance)) { do for [s=1:2] {
        k = s == 1 ? -chance : chance; edge = s == 1 ? from : to
        d = least(deepest, (edge - middle)/k)
        set arrow 2+s from middle, 0 to middle + k*d, d nohead lc rgb COLOUR[1] lw 1.4 dt (6, 4) front
    } }
}
if (line) {
    b = SLOPE[line]; a = EST[line]
    start = a < from ? (from - a)/b : a > to ? (to - a)/b : 0.
    d = b == 0 ? deepest : least(deepest, ((b > 0 ? to : from) - a)/b)
    if (start < d) { set arrow 5 from a + b*start, start to a + b*d, d nohead lc rgb COLOUR[2] lw 2.4 dt (2, 3) front }
}
eval FOOT

plot EST using (KIND[$1] eq 'study' ? EST[$1] : NaN):(SE[$1]) with points pt 7 ps 1.25*POINT lc rgb '#FFFFFF', \
     EST using (KIND[$1] eq 'study' ? EST[$1] : NaN):(SE[$1]) with points pt 7 ps POINT lc rgb INK
