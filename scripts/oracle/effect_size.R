# Expected rows of the method effect-size, from the definitions.
#
#   Rscript scripts/oracle/effect_size.R       from the top folder
#
# writes tests/oracle/effect_size.tsv.  x, y: responses of the completers under
# test and reference, d = x - y.
#   dz = mean d / sd d; gz = J dz, J exact with n - 1 df
#   dav-mean-sd, dav-rms-sd: mean d over the mean, the root mean square of the
#   two SDs; gav = J dav-mean-sd; drm = dz sqrt (2 (1 - r))
#   correlation: Pearson, Fisher's z interval
#   icc: consistency of single measurements, ICC(3,1), from the two-way ANOVA
#   within-sd = sem = sqrt (residual mean square), sdc = 1.96 sqrt 2 sem
# Interval of dz: the non-centralities at which the observed t is a quantile
# (pt with ncp).

source("scripts/oracle/crossover.R")

effect_rows <- function(spec)
{
  level <- if (is.null(spec$level)) 0.95 else spec$level
  alpha <- 1 - level
  r <- read_crossover(spec)
  k <- completers(r, spec$test, spec$reference)
  x <- ifelse(k$tf, k$y1, k$y2)
  y <- ifelse(k$tf, k$y2, k$y1)
  d <- (x - y) / k$scale
  if (length(d) < 5 || sd(d) == 0 || all(x == x[1]) || all(y == y[1]))
    return(NULL) # awkward data: tested elsewhere
  x <- x / k$scale
  y <- y / k$scale
  n <- length(d)
  df <- n - 1
  jj <- exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
  dz <- mean(d) / sd(d)
  t <- dz * sqrt(n)
  # of -|t|: pt is at home there; mirrored back
  ends <- function(want)
    suppressWarnings(uniroot(function(l) pt(-abs(t), df, l) - want,
                             -abs(t) + c(-18, 18), tol = 1e-13))$root
  zi <- -sign(t) * c(ends(1 - alpha / 2), ends(alpha / 2))
  # R warns where it cannot be as exact as it should: then no interval
  zi <- tryCatch({ pt(-abs(t), df, -sign(t) * zi); sort(zi) / sqrt(n) },
                 warning = function(w) c(NA, NA))
  rho <- cor(x, y)
  fz <- tanh(atanh(rho) + c(-1, 1) * qnorm(1 - alpha / 2) / sqrt(n - 3))
  stopifnot(near(cor.test(x, y, conf.level = level)$conf.int, fz))
  # two-way analysis of variance of subjects by treatments
  msb <- 2 * var((x + y) / 2)
  mse <- sum((x - (x + y) / 2 - mean(d) / 2)^2
             + (y - (x + y) / 2 + mean(d) / 2)^2) / df
  s <- factor(rep(seq_len(n), 2))
  w <- factor(rep(1:2, each = n))
  a <- suppressWarnings(anova(lm(c(x, y) ~ s + w)))
  stopifnot(near(a["s", "Mean Sq"], msb, 1e-6),
            near(a["Residuals", "Mean Sq"], mse, 1e-4))
  f <- msb / mse
  q <- qf(1 - alpha / 2, df, df)
  chi <- sqrt(df / qchisq(c(1 - alpha / 2, alpha / 2), df))
  sw <- sqrt(mse)
  row <- function(term, est, ci = c(NA, NA))
    result_row("effect-size", term, n, est, conf_low = ci[1],
               conf_high = ci[2])
  rows <- rbind(
    row("dz", dz, zi),
    row("gz", jj * dz, jj * zi),
    row("dav-mean-sd", mean(d) / ((sd(x) + sd(y)) / 2)),
    row("dav-rms-sd", mean(d) / sqrt((var(x) + var(y)) / 2)),
    row("gav", jj * mean(d) / ((sd(x) + sd(y)) / 2)),
    row("drm", dz * sqrt(2 * (1 - rho))),
    row("correlation", rho, fz),
    row("icc", (msb - mse) / (msb + mse),
        c((f / q - 1) / (f / q + 1), (f * q - 1) / (f * q + 1))),
    row("within-sd", sw, sw * chi),
    row("sem", sw, sw * chi),
    row("sdc", 1.96 * sqrt(2) * sw, 1.96 * sqrt(2) * sw * chi),
    row("sd-test", sd(x)),
    row("sd-reference", sd(y)))
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- if (is.null(spec$response)) "response" else spec$response
  rows$measure <- "-"
  rows$group <- "-"
  # cancellation in the ANOVA of values near 1e6; pt with ncp is good to 1e-12,
  # absolute
  rows$tolerance <- if (grepl("offset", spec$case)) 1e-6 else 1e-8
  rows
}

# Student's sleep data, as R has them: the dz and J of textbooks
with(sleep, {
  d <- extra[group == 1] - extra[group == 2]
  stopifnot(near(mean(d) / sd(d), -1.28455756259105, 1e-12))
})

if (is_main())
{
  rows <- do.call(rbind, lapply(CASES, effect_rows))
  write_oracle(rows, file.path(OUT_DIR, "effect_size.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/effect_size.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross crossover DATA OPTIONS"),
               COLUMNS)
}
