# compare_rows.awk: expected rows against result rows.
#
#   awk -v label=NAME -v strict=1 -f compare_rows.awk EXPECTED.tsv RESULT.tsv
#
# Both are TSV with a header line; columns go by name.  EXPECTED has at least
# method and term, may have endpoint, measure and group ("-": empty or all) and
# analysis (else rows of all analyses are compared alike),
# and the numbers of a result row; `tolerance` is relative (default 1e-9),
# p-values get ten times that; "1e-6,df=1e-4,p_value=1e-5" names numbers that
# have their own; `printed` is half of the last digit given, or 1e-9.  With
# strict = 1 an expected NA is a claim: the result must be NA too (conf_low and
# conf_high apart).  Where 0 is expected the scale is the standard error, or 1.  Values printed with fewer digits in
# the source are compared after rounding when `digits` is given.
#
# Prints a line per disagreement and "N compared, N failed" at the end; exits
# 1 when anything failed or nothing was compared.
BEGIN {
  FS = "\t"
  numbers = "n estimate std_error df_num df statistic p_value p_adjusted conf_low conf_high"
  n_numbers = split (numbers, number, " ")
}
function abs (x) { return x < 0 ? -x : x }
function cell (name) { return (name in at) ? $(at[name]) : "" }
function plain (text) { return (text == "-" || text == "NA") ? "" : text }
function grouped (text) { return (text == "-" || text == "") ? "all" : text }
function key () {
  return (by_analysis ? cell ("analysis") SUBSEP : "") plain (cell ("endpoint")) SUBSEP plain (cell ("measure")) SUBSEP \
    grouped (cell ("group")) SUBSEP cell ("method") SUBSEP cell ("term")
}
function complain (what) {
  failed++
  gsub (SUBSEP, " ", what)
  printf "FAIL: %s: %s\n", label, what
}
# The part of a tolerance that is for this number.
function tolerance_of (text, name,    part, n, i) {
  n = split (text, part, ",")
  for (i = 2; i <= n; i++)
    if (index (part[i], name "=") == 1) return substr (part[i], length (name) + 2)
  if (part[1] == "printed") return part[1]
  return part[1] * (name == "p_value" ? 10 : 1)
}
# Half of the last digit of a number that is printed without an exponent.
function half_digit (text,    point) {
  point = index (text, ".")
  return 0.5 * 10 ^ (point ? point - length (text) : 0)
}
function check (name, expected, got, tolerance, scale,    far) {
  if (expected == "") return
  if (expected == "NA") {
    if (strict && name !~ /^conf/ && got != "NA") {
      compared++
      complain (current " " name ": got " got ", expected NA")
    }
    return
  }
  compared++
  if (got == expected) return # infinity too
  if (got == "NA") { complain (current " " name ": got NA, expected " expected); return }
  far = abs (got - expected)
  if (expected + 0 != 0) scale = abs (expected)
  if (tolerance == "printed") {
    tolerance = 1e-9
    if (far <= half_digit(expected) * (1 + 1e-9)) return
  }
  if (!(far <= tolerance * scale))
    complain (current " " name ": got " got ", expected " expected)
}
/^#/ { next }
FNR == 1 || !(FILENAME in seen) {
  seen[FILENAME] = 1
  for (name in at) delete at[name]
  for (i = 1; i <= NF; i++) at[$i] = i
  file++
  if (file == 1) by_analysis = ("analysis" in at)
  next
}
file == 1 {
  n_rows++
  expected_key[n_rows] = key ()
  expected_tolerance[n_rows] = cell ("tolerance") != "" ? cell ("tolerance") : 1e-9
  for (i = 1; i <= n_numbers; i++) expected[n_rows, i] = cell (number[i])
  next
}
{
  k = key ()
  have[k] = 1
  for (i = 1; i <= n_numbers; i++) result[k, i] = cell (number[i])
}
END {
  for (r = 1; r <= n_rows; r++) {
    current = expected_key[r]
    if (!(current in have)) { compared++; complain (current " is not among the results"); continue }
    se = expected[r, 3]
    scale = (se != "" && se != "NA" && se + 0 > 0) ? se + 0 : 1
    for (i = 1; i <= n_numbers; i++)
      check (number[i], expected[r, i], result[current, i], tolerance_of(expected_tolerance[r], number[i]), scale)
  }
  printf "%d %d\n", compared, failed > counts
  exit (failed > 0 || compared == 0)
}
