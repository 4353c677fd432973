# figure:  attrition
# data:    the steps of a selection: what each asks for, who is left, who is dropped and why
# columns: step description persons excluded reason
#
# A box per step, from top to bottom; to the right of the arrow between two boxes stands who was dropped. A step
# that dropped nobody has no box beside it.
#
# gnuplot -c attrition.gp DATA.tsv OUT.svg [CAPTION [WIDTH_MM]]

DATA = ARG1; OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
load 'style.gp'

rows = 0
stats DATA using (rows = rows + 1, 0) nooutput
array STEP[rows]; array LEFT[rows]; array OUT_[rows]; array WHY[rows]; i = 0
stats DATA using (i = i + 1, STEP[i] = stringcolumn("description"), LEFT[i] = num(stringcolumn("persons")), \
    OUT_[i] = num(stringcolumn("excluded")), WHY[i] = stringcolumn("reason"), 0) nooutput
unset datafile columnheaders

# Texts are broken between words; LINES[k] are the lines of all boxes one after the other.
count(x) = known(x) ? sprintf('%.0f', x) : 'suppressed'
MOST = 60*rows
array LINES[MOST]; array FROM[2*rows]; array TO[2*rows]; n = 0
main_w = 0.56*W; side_x = 0.64*W; side_w = W - side_x - 1
WRAP = "line_ = ''; do for [k_=1:words(text_)] { w_ = word(text_, k_); \
    if (strlen(line_) && textwidth(line_.' '.w_, 7) > room_) { n = n + 1; LINES[n] = line_; line_ = w_ } \
    else { line_ = strlen(line_) ? line_.' '.w_ : w_ } }; \
    if (strlen(line_)) { n = n + 1; LINES[n] = line_ }"
do for [i=1:rows] {
    FROM[i] = n + 1; text_ = STEP[i]; room_ = main_w - 6
    eval WRAP
    n = n + 1; LINES[n] = 'n = '.count(LEFT[i])
    if (i == 1 && !(OUT_[i] == 0)) { text_ = '('.count(OUT_[i]).' more: '.WHY[i].')'; eval WRAP }
    TO[i] = n
    FROM[rows+i] = n + 1; room_ = side_w - 4
    if (!(OUT_[i] == 0)) {
        n = n + 1; LINES[n] = count(OUT_[i]).' excluded'
        text_ = WHY[i]; if (given(text_)) { eval WRAP }
    }
    TO[rows+i] = n
}
lines(b)  = TO[b] - FROM[b] + 1
height(b) = lines(b)*LINE + 3.2
gap(i)    = lines(rows+i) > 0 ? height(rows+i) + 3.5 : 5.5    # above box i

array TOP[rows]
bottom = 2.
do for [i=1:rows] { bottom = bottom + (i > 1 ? gap(i) : 0); TOP[i] = bottom; bottom = bottom + height(i) }
keys = 0
eval FLOW
eval canvas(W, bottom + 2 + foot)
set style arrow 1 head filled size screen 1.6/W, 20 lc rgb INK lw 0.8
mid_x = 1 + main_w/2
BOX = "set object tag_ rectangle from screen X(x_), screen Y(y_) to screen X(x_ + w_), screen Y(y_ + height(b_)) \
    fillcolor rgb paper_ fillstyle solid 1.0 border lc rgb INK lw 0.7; \
    do for [k_=FROM[b_]:TO[b_]] { set label 1000 + k_ LINES[k_] \
        at screen X(align_ ? x_ + w_/2 : x_ + 2), screen Y(y_ + 1.6 + LINE*(k_ - FROM[b_] + 0.5)) font TEXT }"
do for [i=1:rows] {
    tag_ = i; b_ = i; x_ = 1.; y_ = TOP[i]; w_ = main_w; align_ = 0; paper_ = i == rows ? '#E8F0F6' : '#FFFFFF'
    eval BOX
    if (i > 1) { set arrow i from screen X(mid_x), screen Y(TOP[i] - gap(i)) to screen X(mid_x), screen Y(TOP[i]) arrowstyle 1 }
    if (i > 1 && lines(rows+i) > 0) {
        tag_ = rows + i; b_ = rows + i; x_ = side_x; w_ = side_w; paper_ = BAND
        y_ = TOP[i] - gap(i)/2. - height(b_)/2.
        eval BOX
        set arrow rows+i from screen X(mid_x), screen Y(TOP[i] - gap(i)/2.) to screen X(side_x), screen Y(TOP[i] - gap(i)/2.) arrowstyle 1
    }
}
eval FOOT
unset border
unset tics
set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
plot 2 with lines lc rgb INK
