# summary.awk: the answer of a study in a few lines, from its result rows.
#
# Crossover: the treatment rows of paired-t and hills-armitage, endpoint by
# endpoint.  Before/after: the change per outcome and group, in the users and
# DDD.  Rounded for reading; the digits are in results.tsv.
BEGIN { FS = "\t" }
/^# synthetic/ { synthetic = 1 }
/^#/ { next }
!header {
  header = 1
  for (i = 1; i <= NF; i++) at[$i] = i
  printf "%s%s\n", study, synthetic ? "  (synthetic data, not patients)" : ""
  next
}
function p_text (p) { return p == "NA" ? "p NA" : (p < 0.001 ? "p < 0.001" : sprintf ("p = %.3f", p)) }
function cell (name) { return $(at[name]) }
function interval () {
  return cell ("conf_low") == "NA" ? "" : sprintf ("(%.3g to %.3g)", cell ("conf_low"), cell ("conf_high"))
}
function line (what) {
  printf "  %-34s %9s %-20s %s\n", what, cell ("estimate") == "NA" ? "NA" : sprintf ("%.3g", cell ("estimate")), interval (), p_text (cell ("p_value"))
}
cell ("term") == "treatment" && (cell ("method") == "paired-t" || cell ("method") == "hills-armitage") {
  line(cell ("endpoint") ", " cell ("method"))
}
cell ("term") == "change" && ((cell ("method") == "paired-t" && cell ("measure") == "ddd") || (cell ("method") == "mcnemar" && cell ("measure") == "users")) {
  if (cell ("group") == "all") line(cell ("endpoint") ", " cell ("measure"))
}
