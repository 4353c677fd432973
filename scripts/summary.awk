# summary.awk: the answer of a study in a few lines, from its result rows.
#
#   awk -v study=NAME -f summary.awk results.tsv
#
# Crossover: the period-adjusted treatment effect of every endpoint, and the p
# of the simple paired t test beside it.  Before/after: the change of every
# outcome in all selected persons, in users and in DDD.  Meta-analysis: the
# pooled result of every model.  Claims: how many have each verdict.  Rounded for reading; every digit is in
# results.tsv.
BEGIN { FS = "\t" }
/^# synthetic/ { synthetic = 1 }
/^# warning/ {
  sub (/^# warning \[[^]]*\]: /, "")
  sub (/: .*/, "")
  warning[++n_warnings] = $0
  next
}
/^#/ { next }
!header {
  header = 1
  for (i = 1; i <= NF; i++) at[$i] = i
  printf "%s%s\n", study, synthetic ? " (synthetic data, not patients)" : ""
  next
}
function cell (name) { return $(at[name]) }
function p_text (p) { return p == "" || p == "NA" ? "-" : (p < 0.001 ? "< 0.001" : sprintf ("%.3f", p)) }
function interval (scale) {
  if (cell ("estimate") == "NA") return "not estimable"
  if (cell ("conf_low") == "NA") return sprintf ("%.3g", scale * cell ("estimate"))
  return sprintf ("%.3g (%.3g to %.3g)", scale * cell ("estimate"), scale * cell ("conf_low"), scale * cell ("conf_high"))
}
function remember (name) { if (!(name in number)) { number[name] = ++n; names[n] = name } }
cell ("term") == "treatment" && cell ("method") == "hills-armitage" {
  remember(cell ("endpoint")); left[cell ("endpoint")] = interval (1); p_left[cell ("endpoint")] = p_text (cell ("p_value"))
}
cell ("term") == "treatment" && cell ("method") == "paired-t" {
  remember(cell ("endpoint")); p_right[cell ("endpoint")] = p_text (cell ("p_value"))
  crossover = 1
}
cell ("term") == "change" && cell ("group") == "all" && cell ("method") == "mcnemar" && cell ("measure") == "users" {
  remember(cell ("endpoint")); left[cell ("endpoint")] = interval (100); p_left[cell ("endpoint")] = p_text (cell ("p_value"))
}
cell ("term") == "change" && cell ("group") == "all" && cell ("method") == "paired-t" && cell ("measure") == "ddd" {
  remember(cell ("endpoint")); right[cell ("endpoint")] = interval (1); p_right[cell ("endpoint")] = p_text (cell ("p_value"))
}
cell ("term") == "pooled" {
  pooled[++n_pooled] = sprintf ("  %-20s %-26s %8s %12s", cell ("method"), interval (1), p_text (cell ("p_value")), cell ("n"))
}
cell ("method") == "claim" && cell ("endpoint") == "all" {
  verdicts[++n_verdicts] = sprintf ("  %-20s %s", cell ("term"), cell ("estimate"))
}
END {
  if (n_verdicts > 0) printf "  %-20s %s\n", "verdict", "claims"
  for (i = 1; i <= n_verdicts; i++) print verdicts[i]
  if (n_pooled > 0)
    printf "  %-20s %-26s %8s %12s\n", "model", "pooled (95% CI)", "p", "studies"
  for (i = 1; i <= n_pooled; i++) print pooled[i]
  if (crossover)
    printf "  %-20s %-26s %8s %12s\n", "endpoint", "treatment (95% CI)", "p", "p, paired t"
  else if (n > 0)
    printf "  %-20s %-26s %8s   %-22s %8s\n", "outcome", "users, % points", "p", "DDD per person", "p"
  for (i = 1; i <= n; i++)
    if (crossover)
      printf "  %-20s %-26s %8s %12s\n", names[i], left[names[i]], p_left[names[i]], p_right[names[i]]
    else
      printf "  %-20s %-26s %8s   %-22s %8s\n", names[i], left[names[i]], p_left[names[i]], right[names[i]], p_right[names[i]]
  for (i = 1; i <= n_warnings; i++) printf "  beware: %s\n", warning[i]
}
