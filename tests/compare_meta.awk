# compare_meta.awk: result rows of `recross meta` against published answers.
#
#   awk -F '\t' -v case=NAME -v theirs=METHOD -v ours=METHOD -v counts=FILE \
#     -f compare_meta.awk RESULT.tsv ANSWERS.tsv
#
# An expected number with at most eight significant digits is what a paper
# printed: the result must round to it.  A case that ends in ".*" stands for
# one case per study, whose number is its term.  Of the terms of the reference,
# `tau` is the root of tau2, `variance` the square of a standard error, and
# `effect` and `mean-difference` an estimate.
BEGIN {
  n_numbers = split ("n estimate std_error df statistic p_value conf_low conf_high", number, " ")
  prefix = case
  many = sub (/\*$/, "", prefix)
}
function abs (x) { return x < 0 ? -x : x }
function digits (text,    bare) {
  bare = text
  sub (/[eE].*/, "", bare)
  gsub (/[-+.]/, "", bare)
  sub (/^0+/, "", bare)
  return length (bare)
}
# Half of the last digit of a printed number; of a computed one 1e-9, or 1e-6
# where an iterated fit stopped early there.
function allowed (text, paper,    places) {
  if (!paper) return (theirs == "egger-mixed-effects" ? 1e-6 : 1e-9) * abs (text)
  places = index (text, ".") ? length (text) - index (text, ".") : 0
  return 0.5000001 * 10 ^ -places
}
FNR == 1 { for (name in at) delete at[name]; for (i = 1; i <= NF; i++) at[$i] = i; file++; next }
file == 1 {
  if ($(at["method"]) != ours) next
  for (i = 1; i <= n_numbers; i++) result[$(at["term"]), number[i]] = $(at[number[i]])
  have[$(at["term"])] = 1
  next
}
$(at["method"]) != theirs { next }
many ? index ($(at["case"]), prefix) != 1 : $(at["case"]) != case { next }
{
  asked = term = $(at["term"])
  if (many) term = substr ($(at["case"]), length (prefix) + 1)
  if (asked == "tau") term = "tau2"
  if (!(term in have)) next
  for (i = 1; i <= n_numbers; i++) {
    name = number[i]
    expected = $(at[name])
    if (expected == "NA" || expected == "" || (ours == "study" && name == "n"))
      continue
    got = result[term, name]
    if (asked == "tau" && name == "estimate") got = sqrt (got)
    if (asked == "variance") got = result[term, "std_error"] ^ 2
    paper = $(at["source"]) ~ /^P/ && digits (expected) <= 8
    compared++
    if (got == "NA" || abs (got - expected) > allowed (expected, paper)) {
      failed++
      printf "FAIL: %s %s %s %s: got %s, expected %s\n", case, theirs, asked, name, got, expected
    }
  }
}
END {
  if (compared == 0) { printf "FAIL: %s %s: nothing compared\n", case, theirs; compared = failed = 1 }
  printf "%d %d\n", compared, failed > counts
}
