# Adjusted p values of six families, from p.adjust.
#
#   Rscript scripts/oracle/adjust.R          from the top folder
#
# writes tests/oracle/adjust.tsv.  Rows stay in the order of the family, which is
# the order the adjustment is given them in.

source("scripts/oracle/oracle_common.R")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(301)

FAMILIES <- list(
  single = 0.03,
  # eleven scales of a quality-of-life trial, four of them small, unsorted
  eleven = c(0.62, 0.04, 0.008, 0.35, 0.04, 0.91, 0.05, 0.27, 0.48, 0.74, 0.13),
  ties = c(0.02, 0.01, 0.02, 0.01, 0.04, 0.02, 0.5),
  edges = c(1, 0, 1e-300, 0.05, 1, 1e-305, 0.999999999),
  equal = rep(0.0125, 4),
  fifty = signif(c(runif(38), runif(12)^6), 4))
FAMILIES$fifty[c(7, 44)] <- FAMILIES$fifty[c(3, 41)] # two ties

# The definitions: a closed test over every subset (fallback: a member of the
# subset has its own share of alpha and that of the hypotheses left out just
# before it, Wiens & Dmitrienko 2005), and the order itself (fixed sequence: a
# hypothesis is tested when all before it are rejected).
closed_fallback <- function(p)
{
  n <- length(p)
  if (n > 12) # the subsets are too many
    return(rep(NA_real_, n))
  adjusted <- rep(0, n)
  for (subset in seq_len(2^n - 1))
  {
    members <- which(bitwAnd(subset, 2^(seq_len(n) - 1)) > 0)
    share <- diff(c(0, members)) / n
    local <- min(1, p[members] / share)
    adjusted[members] <- pmax(adjusted[members], local)
  }
  adjusted
}
sequential <- function(p) vapply(seq_along(p), function(i) max(p[seq_len(i)]), 0)

rows <- do.call(rbind, lapply(names(FAMILIES), function(f)
  {
    p <- FAMILIES[[f]]
    adjusted <- function(m) p.adjust(p, m)
    data.frame(family = f, p = p, holm = adjusted("holm"),
               bh = adjusted("BH"), hochberg = adjusted("hochberg"),
               hommel = adjusted("hommel"), by = adjusted("BY"),
               bonferroni = adjusted("bonferroni"),
               fixed.sequence = sequential(p), fallback = closed_fallback(p))
  }))

write_oracle(rows, file.path(OUT_DIR, "adjust.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", p.adjust of package stats; fallback by closed",
                      " testing over every subset, up to 12 hypotheses"),
               "script: scripts/oracle/adjust.R",
               "tolerance: 1e-12 relative"))
