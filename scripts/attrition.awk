# attrition.awk: the steps of a selection, from attrition.tsv.
BEGIN { FS = "\t" }
/^#/ { next }
!header { header = 1; for (i = 1; i <= NF; i++) at[$i] = i; next }
# long words are folded at 70 characters
{
  left = $(at["description"])
  number = sprintf ("  %6d", $(at["persons"]))
  while (length (left) > 70) {
    cut = 70
    while (cut > 1 && substr (left, cut, 1) != " ") cut--
    if (cut == 1) cut = 70
    printf "%8s  %s\n", number, substr (left, 1, cut)
    left = substr (left, cut + 1)
    number = ""
  }
  printf "%8s  %s\n", number, left
}
