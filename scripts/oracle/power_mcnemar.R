# Power and sizes of McNemar's test and of the exact test of pairs.
#
#   Rscript scripts/oracle/power_mcnemar.R   from the top folder
#
# writes tests/oracle/power_mcnemar.tsv.  The exact power is the sum over every
# outcome (only first, only second, neither) of n pairs whose exact two-sided p,
# by binom.test's definition at 1/2, is alpha at most: for up to 40 pairs from
# the multinomial probabilities one by one, above that from dbinom over the
# number of discordant pairs; the two are compared.  Sizes are found one pair at
# a time from the bottom.  The normal one is Connor's formula (Biometrics
# 1987;43:207-211), n solved from it and rounded up.

source("scripts/oracle/oracle_common.R")

exact_p <- function(k, m) pmin(1, 2 * pbinom(pmin(k, m - k), m, 0.5))

by_outcomes <- function(n, first, second, alpha)
{
  total <- 0
  for (a in 0:n)
    for (b in 0:(n - a))
      if (a + b > 0 && exact_p(a, a + b) <= alpha)
        total <- total + dmultinom(c(a, b, n - a - b),
                                   prob = c(first, second, 1 - first - second))
  total
}

by_discordant <- function(n, first, second, alpha)
{
  psi <- first + second
  sum(sapply(1:n, function(m)
  {
    x <- 0:m
    dbinom(m, n, psi) *
      sum(dbinom(x, m, second / psi)[exact_p(x, m) <= alpha])
  }))
}

exact <- function(n, first, second, alpha)
{
  power <- by_discordant(n, first, second, alpha)
  if (n <= 40)
    stopifnot(abs(power - by_outcomes(n, first, second, alpha)) < 1e-12)
  power
}

normal <- function(n, first, second, alpha)
{
  psi <- first + second; d <- abs(second - first)
  pnorm((d * sqrt(n) - qnorm(1 - alpha / 2) * sqrt(psi)) / sqrt(psi - d^2))
}

row <- function(method, first, second, alpha, n = NA, power = NA)
{
  f <- if (method == "mcnemar") normal else exact
  options <- sprintf("--design paired --method %s --discordant %g,%g --alpha %g",
                     method, first, second, alpha)
  if (!is.na(n))
    options <- sprintf("%s --n %d", options, n)
  else
  {
    options <- sprintf("%s --power %g", options, power)
    psi <- first + second; d <- abs(second - first)
    if (method == "mcnemar")
      n <- ceiling(((qnorm(1 - alpha / 2) * sqrt(psi) +
                     qnorm(power) * sqrt(psi - d^2)) / d)^2)
    else
    {
      n <- 1
      while (exact(n, first, second, alpha) < power)
        n <- n + 1
    }
  }
  data.frame(options = options, n = n, estimate = f(n, first, second, alpha),
             tolerance = 1e-9)
}

main_power_mcnemar <- function()
{
  rows <- list()
  for (m in c("mcnemar", "mcnemar-exact"))
    rows <- c(rows, list(
      row(m, 0.1, 0.25, 0.05, power = 0.8), row(m, 0.1, 0.25, 0.05, n = 20),
      row(m, 0.1, 0.25, 0.05, n = 200), row(m, 0.3, 0.05, 0.01, power = 0.9),
      row(m, 0.3, 0.05, 0.01, n = 37), row(m, 0, 0.4, 0.05, power = 0.8),
      row(m, 0.45, 0.55, 0.1, n = 150), row(m, 0.02, 0.1, 0.05, power = 0.85),
      row(m, 0.2, 0.2, 0.05, n = 60)))
  write_oracle(do.call(rbind, rows), file.path(OUT_DIR, "power_mcnemar.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", package stats"),
                 "script: scripts/oracle/power_mcnemar.R",
                 "options: recross power OPTIONS; n: pairs; estimate: power"))
}

if (is_main())
  main_power_mcnemar()
