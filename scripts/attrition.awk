# attrition.awk: the steps of a selection, from attrition.tsv.
BEGIN { FS = "\t" }
/^#/ { next }
!header { header = 1; for (i = 1; i <= NF; i++) at[$i] = i; next }
{ printf "  %6d  %s\n", $(at["persons"]), $(at["description"]) }
