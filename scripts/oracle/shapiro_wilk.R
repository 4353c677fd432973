# Expected W and p of Shapiro and Wilk's test, for samples that a formula makes.
#
#   Rscript scripts/oracle/shapiro_wilk.R       from the top folder
#
# writes tests/oracle/shapiro_wilk.tsv, from shapiro.test.  Value i = 1, ..., n
# of kind 1 is (7919 i) mod 1009, about uniform; of kind 2 its square; of kind 3
# the third power of its distance from 504.  All are whole numbers.

source("scripts/oracle/oracle_common.R")

value <- function(n, kind)
{
  x <- (7919 * seq_len(n)) %% 1009
  switch(kind, x, x^2, (x - 504)^3)
}

rows <- do.call(rbind, lapply(c(3, 4, 5, 6, 7, 11, 12, 13, 20, 50, 51, 200, 999,
                                2000, 5000), function(n)
  do.call(rbind, lapply(1:3, function(k)
    {
      s <- shapiro.test(value(n, k))
      data.frame(n = n, kind = k, w = unname(s$statistic), p = s$p.value)
    }))))
write_oracle(rows, file.path(OUT_DIR, "shapiro_wilk.tsv"),
             c(paste0("source: other program: ", r_version(), ", shapiro.test"),
               "script: scripts/oracle/shapiro_wilk.R"))
