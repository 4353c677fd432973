# Tails and quantiles of the normal, t, chi-squared and F distributions.
#
#   Rscript scripts/oracle/distributions.R   from the top folder
#
# writes tests/oracle/distributions.tsv.  function is normal, t, chisq or f;
# scale p is the probability of the tail, log its natural logarithm, quantile the
# x whose tail has the probability given in x.  Where there is a closed form (t
# with 1 and 2 degrees of freedom, chi-squared with 2, F with 2 in the numerator)
# R is held against it.  Rows that underflow have a log row beside them.

source("scripts/oracle/oracle_common.R")

rows <- NULL
add <- function(fun, x, df1, df2, tail, scale, value)
  rows <<- rbind(rows, data.frame(`function` = fun, x = x, df1 = df1,
                                  df2 = df2, tail = tail, scale = scale,
                                  value = value, tolerance = 1e-10,
                                  check.names = FALSE))

P <- list(normal = function(x, a, b, ...) pnorm(x, ...),
          t = function(x, a, b, ...) pt(x, a, ...),
          chisq = function(x, a, b, ...) pchisq(x, a, ...),
          f = function(x, a, b, ...) pf(x, a, b, ...))
Q <- list(normal = function(p, a, b, ...) qnorm(p, ...),
          t = function(p, a, b, ...) qt(p, a, ...),
          chisq = function(p, a, b, ...) qchisq(p, a, ...),
          f = function(p, a, b, ...) qf(p, a, b, ...))

tails <- function(fun, x, df1 = NA, df2 = NA)
  for (lower in c(TRUE, FALSE))
    {
      tail <- if (lower) "lower" else "upper"
      p <- P[[fun]](x, df1, df2, lower.tail = lower)
      if (p > 1e-300) # below, doubles lose digits: the log row has them
        add(fun, x, df1, df2, tail, "p", p)
      if (p < 1e-12)
        add(fun, x, df1, df2, tail, "log",
            P[[fun]](x, df1, df2, lower.tail = lower, log.p = TRUE))
    }

for (x in c(-40, -8, -1.959963984540054, 0, 1e-10, 0.5, 1, 1.96, 3, 6, 10, 37,
            40, 1000))
  tails("normal", x)
for (df in c(1, 2, 3.7, 10, 58, 59, 1000, 1e5))
  for (x in c(-3, 0, 0.001, 0.5, 1, 2.1, 5, 12, 40, 1000))
    tails("t", x, df)
tails("t", 1e6, 30)
tails("t", 1e9, 59)
tails("t", 200, 1e5)
for (df in c(1, 2, 3, 7.5, 30, 200))
  for (x in c(0, 1e-6, 0.1, 1, 3.841458820694124, 10, 50, 300, 2000))
    tails("chisq", x, df)
for (d in list(c(1, 1), c(1, 58), c(2, 10), c(2, 39.46), c(3, 7.2), c(5, 100),
               c(30, 2), c(12, 1e4)))
  for (x in c(1e-6, 0.2, 1, 2.5, 10, 150, 1e5))
    tails("f", x, d[1], d[2])

for (p in c(1e-300, 1e-20, 1e-5, 0.005, 0.025, 0.05, 0.25, 0.5))
  {
    add("normal", p, NA, NA, "upper", "quantile",
        qnorm(p, lower.tail = FALSE))
    for (df in c(1, 2, 3.7, 10, 58, 59, 1000))
      if (p >= 1e-20)
        add("t", p, df, NA, "upper", "quantile",
            qt(p, df, lower.tail = FALSE))
  }
for (p in c(1e-5, 0.025, 0.05, 0.5, 0.975))
  {
    for (df in c(1, 2, 7.5, 200))
      add("chisq", p, df, NA, "upper", "quantile",
          qchisq(p, df, lower.tail = FALSE))
    for (d in list(c(1, 58), c(2, 39.46), c(12, 30)))
      add("f", p, d[1], d[2], "upper", "quantile",
          qf(p, d[1], d[2], lower.tail = FALSE))
  }
names(rows)[1] <- "function"
rows$value[rows$value == 0 & rows$scale == "quantile"] <- 0

# closed forms, and quantiles there and back
for (i in seq_len(nrow(rows)))
  {
    r <- rows[i, ]
    upper <- r$tail == "upper"
    if (r$scale == "quantile")
      {
        back <- P[[r[["function"]]]](r$value, r$df1, r$df2,
                                     lower.tail = !upper)
        stopifnot(near(back, r$x, 1e-11))
        next
      }
    log_p <- NA
    if (r[["function"]] == "t" && identical(r$df1, 1))
      log_p <- if ((r$x > 0) == upper && r$x != 0)
        log(atan(1 / abs(r$x)) / pi) else NA
    if (r[["function"]] == "t" && identical(r$df1, 2) && (r$x > 0) == upper)
      {
        s <- sqrt(2 + r$x^2)
        log_p <- log(1 / (s * (s + abs(r$x)))) # (1 - x / s) / 2
      }
    if (r[["function"]] == "chisq" && identical(r$df1, 2) && upper)
      log_p <- -r$x / 2
    if (r[["function"]] == "f" && identical(r$df1, 2) && upper)
      log_p <- -r$df2 / 2 * log1p(2 * r$x / r$df2)
    if (!is.na(log_p))
      stopifnot(near(r$value, if (r$scale == "log") log_p else exp(log_p),
                     1e-12))
  }

write_oracle(rows, file.path(OUT_DIR, "distributions.tsv"),
             c(paste0("source: other program: ", r_version(),
                      ", package stats"),
               "script: scripts/oracle/distributions.R",
               "x: the argument; with scale quantile the tail probability"))
