# summary.awk: the answer of a study in a few lines, from its result rows.
#
#   awk -v study=NAME -f summary.awk results.tsv
#
# Crossover: the period-adjusted treatment effect of every endpoint, and the p
# of the simple paired t test beside it.  Before/after: the change of every
# outcome in all selected persons, in users and in DDD.  Meta-analysis: the
# pooled result of every model.  Claims: how many have each verdict.  Of other
# studies, how many rows each method has.  Rounded for reading; every digit is
# in results.tsv.
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
{
  if (!(cell ("method") in rows_of)) methods[++n_methods] = cell ("method")
  rows_of[cell ("method")]++
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
  model[++n_pooled] = cell ("method")
  pooled[n_pooled] = sprintf ("%-26s %8s %12s", interval (1), p_text (cell ("p_value")), cell ("n"))
}
cell ("method") == "claim" && cell ("endpoint") == "all" {
  verdict[++n_verdicts] = cell ("term")
  claims[n_verdicts] = cell ("estimate")
}
# print_rows: a head and a line per name; the names are as wide as the widest
function print_rows (title, head, name, text, n,    i, width, line) {
  width = 20
  for (i = 1; i <= n; i++) if (length (name[i]) > width) width = length (name[i])
  line = "  %-" width "s %s\n"
  if (n > 0) printf line, title, head
  for (i = 1; i <= n; i++) printf line, name[i], text[i]
}
END {
  for (i = 1; i <= n_methods; i++) count[i] = rows_of[methods[i]]
  print_rows("verdict", "claims", verdict, claims, n_verdicts)
  print_rows("model", sprintf ("%-26s %8s %12s", "pooled (95% CI)", "p", "studies"), model, pooled, n_pooled)
  if (crossover)
    head = sprintf ("%-26s %8s %12s", "treatment (95% CI)", "p", "p, paired t")
  else
    head = sprintf ("%-26s %8s   %-22s %8s", "users, % points", "p", "DDD per person", "p")
  for (i = 1; i <= n; i++)
    text[i] = crossover \
      ? sprintf ("%-26s %8s %12s", left[names[i]], p_left[names[i]], p_right[names[i]]) \
      : sprintf ("%-26s %8s   %-22s %8s", left[names[i]], p_left[names[i]], right[names[i]], p_right[names[i]])
  print_rows(crossover ? "endpoint" : "outcome", head, names, text, n)
  if (n == 0 && n_pooled == 0 && n_verdicts == 0)
    print_rows("method", "rows", methods, count, n_methods)
  for (i = 1; i <= n_warnings; i++) printf "  beware: %s\n", warning[i]
}
