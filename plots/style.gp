# style.gp: terminal, size, fonts and colours of every figure, and the tricks the templates share.
#
# A template sets OUT, CAPTION and WIDTH from its arguments before it loads this file (inside a
# loaded file gnuplot hides them), works out its height, and opens the canvas:
#
#   OUT = ARG2; CAPTION = ARGC > 2 ? ARG3 : ''; WIDTH = ARGC > 3 ? ARG4 : ''
#   load 'style.gp'
#   eval canvas(W, height)
#
# gnuplot needs a UTF-8 locale (LC_ALL=C.UTF-8), or it warns that it cannot write a degree sign.
# To change the look, put a changed copy of this file in a folder named earlier in GNUPLOT_LIB.

# --- size and type, in millimetres and points ---------------------------------------------------

ends(s, e) = strlen(s) > strlen(e) && s[strlen(s)-strlen(e)+1:*] eq e
if (!ends(OUT, '.svg') && !ends(OUT, '.png') && !ends(OUT, '.pdf')) { exit error 'the output file must end in .svg, .png or .pdf' }

W      = WIDTH eq '' ? 174. : 1.0*WIDTH    # 174 is a double column, 85 a single one
DPI    = 300.                               # of the PNG
FACE   = 'Arial'                            # or whatever the system puts in its place
TEXT   = FACE.',7'
SMALL  = FACE.',6'
BOLD   = (ends(OUT, '.svg') ? FACE.'" font-weight="bold' : FACE.':Bold').',7'   # SVG knows no :Bold
LINE   = 3.2                                # from one line of text to the next, mm
POINT  = ends(OUT, '.svg') ? 1.2 : 1.0      # SVG draws its markers smaller

# --- colours (Okabe-Ito) and markers: no two differ by colour alone --------------------------------

INK    = '#000000'
GREY   = '#A6A6A6'
DIM    = '#595959'
BAND   = '#F3F3F3'
BEFORE = '#B9D3E8'
AFTER  = '#3E7FAA'
array COLOUR[6]  = ['#0072B2', '#D55E00', '#009E73', '#000000', '#CC79A7', '#E69F00']
array MARKER[12] = [7, 5, 9, 11, 13, 15, 6, 4, 8, 10, 12, 14]    # six filled shapes, then their outlines
hue(i)  = COLOUR[1 + (i - 1) % 6]
mark(i) = MARKER[1 + (i - 1) % 12]

# --- the canvas --------------------------------------------------------------------------------------

# canvas(w, h) is the command that opens OUT in the terminal of its extension, w x h mm. The factors
# bring a point to 1/72 inch and a line of width 1 to 1/96 inch in each terminal. `noenhanced` keeps
# underscores and @ of the data as they are; SVG labels stay text.
canvas(w, h) = "set terminal ".( \
    ends(OUT, '.svg') ? sprintf("svg size %d,%d fixed noenhanced fontscale %.4f linewidth 1 background '#FFFFFF'", \
                                round(w/25.4*96), round(h/25.4*96), 96/72.) : \
    ends(OUT, '.png') ? sprintf("pngcairo size %d,%d noenhanced fontscale %.4f linewidth %.4f pointscale %.4f", \
                                round(w/25.4*DPI), round(h/25.4*DPI), DPI/96, DPI/96, DPI/96) : \
                        sprintf("pdfcairo size %.3fcm,%.3fcm noenhanced fontscale 0.75 linewidth 1.5 pointscale 0.75", \
                                w/10, h/10)) \
    ." font TEXT; set output OUT; CANVAS_W = ".sprintf("%.6f", w)."; CANVAS_H = ".sprintf("%.6f", h)
round(x) = int(floor(x + 0.5))

# A place on the canvas as the fraction `screen` wants, from millimetres right of its left edge and
# down from its top edge: at screen X(12), screen Y(5).
X(mm) = mm/CANVAS_W
Y(mm) = 1 - mm/CANVAS_H

# --- reading ---------------------------------------------------------------------------------------

# Every column is read as a string, so that `NA` in one never drops the row (gnuplot drops a row when any
# number it asked for is missing). The templates read into arrays as a side effect of `stats`, which
# evaluates its `using` once per row and fails on a file without rows. A number gets a decimal point before it
# is read, or gnuplot refuses 1e-05 and takes 010 for 8.
set encoding utf8
set datafile separator "\t"
set datafile columnheaders
given(s) = s ne '' && s ne 'NA' && s ne '-'
num(s)   = given(s) ? real(dotted(s)) : NaN
dotted(s) = strstrt(s, '.') ? s : (AT_ = most(strstrt(s, 'e'), strstrt(s, 'E'))) ? s[1:AT_-1].'.'.s[AT_:*] : s.'.'
# "95% CI" from the level of the intervals; what they are is said even where the level is not known
ci_words(level) = level == level ? sprintf('%g%% CI', 100*level) : 'interval'
known(x) = x == x                           # NaN equals nothing

# A list of distinct names is one string, "name<tab>1000001<newline>" over and over; a TSV field can hold
# neither separator, and the leading 1 keeps gnuplot from reading an octal number. place() is 0 for a
# name that is not there.
size(l)     = strlen(l) ? int(l[strlen(l)-7:strlen(l)-1]) - 1000000 : 0
place(l, s) = (AT_ = strstrt("\n".l, "\n".s."\t")) ? int(l[AT_+strlen(s)+1:AT_+strlen(s)+7]) - 1000000 : 0
add(l, s)   = place(l, s) ? l : l.s.sprintf("\t%d\n", 1000001 + size(l))
stop(l, i)  = strstrt(l, sprintf("\t%d\n", 1000000 + i))
item(l, i)  = l[(i == 1 ? 1 : stop(l, i-1) + 9):stop(l, i)-1]

# --- numbers and words -------------------------------------------------------------------------------

least(a, b) = known(a) ? known(b) && b < a ? b : a : b      # of the known ones
most(a, b)  = known(a) ? known(b) && b > a ? b : a : b

# The width of a text in mm at a size in points: gnuplot cannot tell, so add up about what Arial takes.
wide(c) = strstrt("iljtfI.,:;'|!()[]/ ", c) ? 0.29 : strstrt("cksvxyzr-J", c) ? 0.48 : \
          strstrt("mwMW@%—ÆŒæœ", c) ? 0.92 : strstrt("ABCDEFGHKLNOPQRSTUVXYZÅØÄÖ&<>=≥≤→←", c) ? 0.71 : 0.57
textwidth(s, points) = strlen(s) ? (sum [i_=1:strlen(s)] wide(s[i_:i_]))*points*25.4/72 : 0.

# A tick every 1, 2 or 5 times a power of ten, at most n of them in a range; the room the labels of such an
# axis take (mm); and how many of them stand side by side on a horizontal axis of `mm`.
power(x)        = 10**floor(log10(x))
step_of(x)      = x <= power(x) ? power(x) : x <= 2*power(x) ? 2*power(x) : x <= 5*power(x) ? 5*power(x) : 10*power(x)
step(lo, hi, n) = step_of((hi - lo)/n)
tick_w(x)       = textwidth(gprintf("%h", x), 7)
ticks_w(lo, hi, step) = most(tick_w(ceil(lo/step)*step), most(tick_w((ceil(lo/step) + 1)*step), tick_w(floor(hi/step)*step)))
crowded(lo, hi, n, mm) = ticks_w(lo, hi, step(lo, hi, n)) + 2.5 > mm*step(lo, hi, n)/(hi - lo)
abreast(lo, hi, n, mm) = n <= 2 || !crowded(lo, hi, n, mm) ? n : abreast(lo, hi, n - 1, mm)

# About three digits, no exponent unless there must be one, and a minus sign instead of a hyphen.
minus(s)    = (AT_ = strstrt(s, '-')) ? s[1:AT_-1].'−'.s[AT_+1:*] : s
decimals(x) = x >= 100 ? 0 : x >= 10 ? 1 : x >= 1 ? 2 : x >= 0.1 ? 3 : 4
shown(x, like) = x == 0 && like == 0 ? '0' : abs(like) >= 1e6 || abs(like) < 1e-3 ? minus(sprintf('%.3g', x)) : \
                 minus(sprintf(sprintf('%%.%df', decimals(abs(like))), x))
shown_p(p) = p < 0.001 ? '<0.001' : p > 0.99 ? '>0.99' : p < 0.01 || (p >= 0.045 && p < 0.055) ? \
             sprintf('%.3f', p) : sprintf('%.2f', p)

# --- the legend, and the caption beneath it -------------------------------------------------------------

# A template fills KEY, KEY_MARK (-1: none) and KEY_HUE and counts them in `keys`; `eval FLOW` breaks them into
# lines and leaves the height of all that stands at the foot in `foot`; `eval FOOT`, with the canvas open,
# sets the labels. Names go through arrays, never through eval, so that quotes in them do no harm.
array KEY[60]; array KEY_MARK[60]; array KEY_HUE[60]; array KEY_X[60]; array KEY_LINE[60]; keys = 0
FLOW = "x_ = 2.; line_ = 1; do for [k_=1:keys] { w_ = textwidth(KEY[k_], 7) + 7; \
    if (x_ > 2 && x_ + w_ > W) { x_ = 2.; line_ = line_ + 1 }; \
    KEY_X[k_] = x_; KEY_LINE[k_] = line_; x_ = x_ + w_ }; foot = 1.5 + LINE*(line_*(keys > 0) + (CAPTION ne ''))"
FOOT = "do for [k_=1:keys] { y_ = CANVAS_H - foot + LINE*(KEY_LINE[k_] - 0.5) + 0.3; \
    if (KEY_MARK[k_] >= 0) { \
        set label 900000+2*k_ '' at screen X(KEY_X[k_] + 1), screen Y(y_) point pt KEY_MARK[k_] ps 0.6*POINT lc rgb KEY_HUE[k_] }; \
    set label 900001+2*k_ KEY[k_] at screen X(KEY_X[k_] + (KEY_MARK[k_] < 0 ? 0 : 2.5)), screen Y(y_) font TEXT }; \
    if (CAPTION ne '') { set label 900000 CAPTION at screen X(2), screen Y(CANVAS_H - 1.9) font SMALL tc rgb DIM }"

# --- what all figures have in common ------------------------------------------------------------------

set minussign
set border 3 linewidth 0.7 linecolor rgb INK
set tics nomirror out scale 0.5 font TEXT
set format '%h'
set errorbars small
unset key
set style fill solid 1.0 noborder
