# Expected rows of what compares counts, transitions and averages of a
# population: generalised estimating equations, conditional Poisson and negative
# binomial regression of crossover trials; conditional Poisson and transitions
# before and after.
#
#   Rscript scripts/oracle/counts.R       from the top folder
#
# needs the R packages geepack, MASS and sandwich; writes
# tests/oracle/data/xo_counts*_synthetic.csv, data/reg_counts*.yaml,
# tests/oracle/{gee_poisson,gee_binomial,gee_gaussian,conditional_poisson,
# conditional_poisson_robust,negative_binomial,before_after_counts,
# gee_fit}.tsv and data/gee_counts_synthetic.csv.
#
#  - gee: exchangeable working correlation; columns: intercept, periods,
#    treatments.  The dispersion is the mean of the squared Pearson residuals,
#    the correlation the mean of their products over all pairs within a
#    subject by the dispersion, as in geepack.
#  - conditional Poisson: glm with an intercept for every subject that had an
#    event; robust: sandwich with subjects as the units, no small-sample factor
#  - negative binomial: V = mu + mu^2 / theta, maximum likelihood; the same
#    sandwich at that theta
#  - tests are normal; several terms at once: Wald's chi-squared

source("scripts/oracle/before_after.R")
suppressMessages({library(geepack); library(MASS); library(sandwich)})

FITTED <- 1e-8 # relative, of what is found by iteration

# ---- data ------------------------------------------------------------------

write_counts <- function(stem, d, note, script = "counts.R")
  write_synthetic(stem, d, note, script)

draw_counts <- function(sequences, size, effect, period, missing)
{
  n <- length(sequences)
  k <- nchar(sequences[1])
  d <- data.frame(subject = rep(sprintf("S%02d", seq_len(n)), each = k),
                  sequence = rep(sequences, each = k),
                  period = rep(seq_len(k), n),
                  treatment = unlist(strsplit(sequences, "")))
  u <- rep(rgamma(n, 1.5, 1.5), each = k)
  d$response <- rnbinom(n * k, size = size, mu = 4 * u
                        * exp(effect[d$treatment] + period * (d$period - 1)))
  d$response[sample(n * k, missing)] <- NA
  d[sample(n * k), ]
}

make_counts <- function()
{
  set.seed(20080229)
  write_counts("xo_counts", draw_counts(rep(c("AB", "BA"), c(17, 13)), 3,
                                        c(A = 0, B = -0.4), 0.2, 5),
               "counts of events, 17 and 13 subjects, 5 values missing")
  write_counts("xo_counts_three",
               draw_counts(rep(c("ABC", "BCA", "CAB", "ACB", "BAC", "CBA"), 4),
                           5, c(A = 0, B = 0.3, C = -0.5), -0.1, 6),
               "counts of events, three treatments, 6 values missing")
  d <- data.frame(subject = rep(1:6, each = 2),
                  sequence = rep(c("AB", "BA"), each = 6),
                  period = rep(1:2, 6))
  d$treatment <- substr(d$sequence, d$period, d$period)
  d$response <- c(2, 1, 2, 1, 1, 2, 2, 1, 3, 1, 2, 2)
  write_counts("xo_counts_even", d, "counts that vary less than Poisson's")
}

# ---- crossover -------------------------------------------------------------

read_counts <- function(spec)
{
  d <- read_text_csv(spec$data)
  d$y <- suppressWarnings(as.numeric(d$response))
  d <- d[!is.na(d$y), ]
  trts <- sort(unique(d$treatment), method = "radix")
  # of two the alphabetically first is the test, of more it is the reference
  d$reference <- if (length(trts) == 2) trts[2] else trts[1]
  d$trt <- relevel(factor(d$treatment, trts), d$reference[1])
  d$per <- factor(as.integer(d$period))
  d <- d[order(d$subject), ]
  d$id <- factor(d$subject)
  d
}

# The rows of the coefficients b with covariance v, named per2, ..., trtB, ...
wald_rows <- function(method, n, b, v, d, level = 0.95)
{
  q <- qnorm((1 + level) / 2)
  one <- function(term, name)
  {
    se <- sqrt(v[name, name])
    z <- b[[name]] / se
    result_row(method, term, n, b[[name]], se, NA, NA, z, 2 * pnorm(-abs(z)),
               b[[name]] - q * se, b[[name]] + q * se)
  }
  all_of <- function(term, names)
  {
    w <- c(t(b[names]) %*% solve(v[names, names]) %*% b[names])
    result_row(method, term, n, NA, NA, length(names), NA, w,
               pchisq(w, length(names), lower.tail = FALSE))
  }
  treatments <- levels(d$trt)[-1]
  periods <- levels(d$per)[-1]
  rbind(
    if (length(treatments) == 1) one("treatment", paste0("trt", treatments)),
    if (length(treatments) > 1)
      do.call(rbind, lapply(treatments, function(t)
        one(paste0(t, "-", levels(d$trt)[1]), paste0("trt", t)))),
    if (length(treatments) > 1)
      all_of("treatment", paste0("trt", treatments)),
    if (length(periods) == 1) one("period", paste0("per", periods)),
    if (length(periods) > 1)
      do.call(rbind, lapply(periods, function(p)
        one(paste0("period", p), paste0("per", p)))),
    if (length(periods) > 1) all_of("period", paste0("per", periods)))
}

named <- function(v, b)
{
  dimnames(v) <- list(names(b), names(b))
  v
}

gee_rows <- function(spec, method, family)
{
  d <- read_counts(spec)
  f <- geeglm(y ~ per + trt, id = id, data = d, family = family,
              corstr = "exchangeable",
              control = geese.control(epsilon = 1e-14, maxit = 1000))
  b <- coef(f)
  v <- named(f$geese$vbeta, b)
  n <- nlevels(d$id)
  rbind(wald_rows(method, n, b, v, d, spec$level),
        result_row(method, "correlation", n, unname(f$geese$alpha)),
        result_row(method, "dispersion", n, unname(f$geese$gamma)))
}

conditional_rows <- function(spec)
{
  d <- read_counts(spec)
  used <- tapply(d$y, d$id, length) > 1 & tapply(d$y, d$id, sum) > 0
  d <- droplevels(d[used[as.character(d$id)], ])
  f <- glm(y ~ id - 1 + per + trt, family = poisson, data = d,
           control = glm.control(epsilon = 1e-15, maxit = 200))
  n <- nlevels(d$id)
  rbind(wald_rows("conditional-poisson", n, coef(f), vcov(f), d, spec$level),
        wald_rows("conditional-poisson-robust", n, coef(f),
                  vcovCL(f, cluster = d$id, type = "HC0", cadjust = FALSE), d,
                  spec$level))
}

# theta and beta in turn until neither moves; glm.nb itself stops earlier
negative_binomial <- function(d)
{
  start <- glm.nb(y ~ per + trt, data = d)
  theta <- start$theta
  for (i in 1:500)
    {
      f <- glm(y ~ per + trt, data = d,
               family = MASS::negative.binomial(theta),
               control = glm.control(epsilon = 1e-15, maxit = 200))
      # glm stops by the deviance, half of the digits short: scoring goes on
      x <- model.matrix(f)
      b <- coef(f)
      y <- d$y
      for (k in 1:100)
        {
          mu <- c(exp(x %*% b))
          w <- mu / (1 + mu / theta)
          b <- b + c(solve(t(x) %*% (w * x), t(x) %*% (w * (y - mu) / mu)))
        }
      mu <- c(exp(x %*% b))
      score <- function(l)
      {
        t <- exp(l)
        sum(digamma(y + t) - digamma(t) + log(t) + 1 - log(t + mu)
            - (y + t) / (mu + t))
      }
      new <- exp(uniroot(score, log(theta) + c(-3, 3), tol = 1e-15)$root)
      moved <- abs(log(new / theta))
      theta <- new
      if (moved < 1e-13)
        break
    }
  stopifnot(near(theta, start$theta, 1e-3),
            near(b, coef(start), 1e-3))
  # the sandwich: sum over subjects of the scores at that theta
  w <- mu / (1 + mu / theta)
  a <- solve(t(x) %*% (w * x))
  g <- rowsum(x * (d$y - mu) / (1 + mu / theta), d$id)
  v <- a %*% crossprod(g) %*% a
  stopifnot(near(v, vcovCL(start, cluster = d$id, type = "HC0",
                           cadjust = FALSE), 1e-3))
  list(b = b, v = v, theta = theta)
}

negative_binomial_rows <- function(spec)
{
  d <- read_counts(spec)
  f <- negative_binomial(d)
  n <- nlevels(d$id)
  rbind(wald_rows("negative-binomial", n, f$b, f$v, d, spec$level),
        result_row("negative-binomial", "theta", n, f$theta))
}

# Where counts vary less than Poisson's, theta is infinite: the Poisson fit.
even_rows <- function(spec)
{
  d <- read_counts(spec)
  f <- glm(y ~ per + trt, family = poisson, data = d,
           control = glm.control(epsilon = 1e-15, maxit = 200))
  stopifnot(sum((d$y - fitted(f))^2 - d$y) < 0)
  wald_rows("negative-binomial", nlevels(d$id), coef(f),
            vcovCL(f, cluster = d$id, type = "HC0", cadjust = FALSE), d)
}

cased <- function(rows, spec)
{
  rows$case <- spec$case
  rows$data <- spec$data
  rows$options <- if (is.null(spec$options)) "-" else spec$options
  rows$endpoint <- "response"
  rows$measure <- "-"
  rows$group <- "-"
  rows$tolerance <- FITTED
  rows
}

case_of <- function(stem, ...)
  list(case = stem, data = paste0("xo_", stem, "_synthetic.csv"), level = 0.95,
       ...)

crossover_main <- function()
{
  counts <- list(case_of("counts"), case_of("counts_three"))
  binary <- list(case_of("binary"), case_of("binary_missing"),
                 case_of("binary_n300"))
  other <- list(case_of("missing"), case_of("williams3"))
  rows <- rbind(
    do.call(rbind, lapply(counts, function(s)
      cased(rbind(gee_rows(s, "gee-poisson", poisson), conditional_rows(s),
                  negative_binomial_rows(s)), s))),
    do.call(rbind, lapply(binary, function(s)
      cased(gee_rows(s, "gee-binomial", binomial), s))),
    do.call(rbind, lapply(other, function(s)
      cased(gee_rows(s, "gee-gaussian", gaussian), s))),
    cased(even_rows(case_of("counts_even")), case_of("counts_even")))
  for (m in unique(rows$method))
    write_oracle(rows[rows$method == m, ],
                 file.path(OUT_DIR, paste0(gsub("-", "_", m), ".tsv")),
                 c(paste0("source: other program: ", r_version(),
                          ", geepack ", packageVersion("geepack"), ", MASS ",
                          packageVersion("MASS"), ", sandwich ",
                          packageVersion("sandwich")),
                   "script: scripts/oracle/counts.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross crossover DATA OPTIONS"),
                 COLUMNS)
}

# ---- before and after ------------------------------------------------------

COUNT_METHODS <- c("relative-change", "conditional-poisson",
                   "conditional-poisson-robust", "negative-binomial",
                   "transitions", "outcome-switching")

count_study <- function(from, name)
{
  s <- Filter(function(s) s$name == from, STUDIES)[[1]]
  s$name <- name
  s$notes <- c("Counts and transitions; windows of different lengths.")
  s$before[1] <- s$before[1] + 31
  s$methods <- COUNT_METHODS
  s
}

window_days <- function(w) w[2] - w[1] + 1

conditional_cell <- function(c, ratio)
{
  A <- sum(c$after)
  B <- sum(c$before)
  n <- length(c$after)
  q <- qnorm(0.975)
  one <- function(method, se)
  {
    est <- log(A / B) - log(ratio)
    if (!(se > 0))
      return(result_row(method, "change", n, est, 0))
    result_row(method, "change", n, est, se, NA, NA, est / se,
               2 * pnorm(-abs(est / se)), est - q * se, est + q * se)
  }
  none <- function(method) result_row(method, "change", n)
  # the odds of after among all, exactly
  exact <- c(NA, NA)
  if (A + B > 0)
    {
      p <- c(if (A == 0) 0 else qbeta(0.025, A, B + 1),
             if (B == 0) 1 else qbeta(0.975, A + 1, B))
      stopifnot(near(p, binom.test(A, A + B)$conf.int))
      exact <- p / (1 - p) / ratio
    }
  if (A > 0 && B > 0 && n < 400) # the same from a regression
    {
      d <- data.frame(y = c(c$before, c$after), t = rep(0:1, each = n),
                      id = factor(rep(seq_len(n), 2)),
                      o = rep(c(0, log(ratio)), each = n))
      d <- droplevels(d[ave(d$y, d$id, FUN = sum) > 0, ])
      f <- glm(y ~ id - 1 + t + offset(o), poisson, d,
               control = glm.control(epsilon = 1e-14, maxit = 100))
      stopifnot(near(coef(f)[["t"]], log(A / B) - log(ratio), 1e-6),
                near(sqrt(vcov(f)["t", "t"]), sqrt(1 / A + 1 / B), 1e-5),
                near(sqrt(vcovCL(f, cluster = d$id, type = "HC0",
                                 cadjust = FALSE)["t", "t"]),
                     sqrt(sum((c$after / A - c$before / B)^2)), 1e-5))
    }
  rbind(if (A > 0 && B > 0) one("conditional-poisson", sqrt(1 / A + 1 / B))
        else none("conditional-poisson"),
        result_row("conditional-poisson", "rate-ratio", n,
                   if (A + B > 0) A / B / ratio else NA,
                   conf_low = exact[1], conf_high = exact[2]),
        if (A > 0 && B > 0)
          one("conditional-poisson-robust",
              if (all(c$after * B == c$before * A)) 0 else
                sqrt(sum((c$after / A - c$before / B)^2)))
        else none("conditional-poisson-robust"))
}

# One mean before and one after: the means are the fit whatever theta is, and
# its sandwich with persons as units is that of rate-ratio-robust.
negative_binomial_cell <- function(c, ratio)
{
  A <- sum(c$after)
  B <- sum(c$before)
  n <- length(c$after)
  row <- function(...) result_row("negative-binomial", ...)
  if (A == 0 || B == 0)
    return(rbind(row("change", n), row("theta", n)))
  y <- c(c$before, c$after)
  mu <- rep(c(B, A) / n, each = n)
  score <- function(l)
  {
    t <- exp(l)
    sum(digamma(y + t) - digamma(t) + log(t) + 1 - log(t + mu)
        - (y + t) / (mu + t))
  }
  theta <- NA # counts vary no more than Poisson's
  if (sum((y - mu)^2 - y) > 0)
    theta <- exp(uniroot(score, c(-12, 12), tol = 1e-15)$root)
  est <- log(A / B) - log(ratio)
  se <- sqrt(sum((c$after / A - c$before / B)^2))
  if (!is.na(theta) && n < 400) # the same from a regression
    {
      d <- data.frame(y, t = rep(0:1, each = n), id = rep(seq_len(n), 2),
                      o = rep(c(0, log(ratio)), each = n))
      f <- suppressWarnings(glm.nb(y ~ t + offset(o), d))
      stopifnot(near(f$theta, theta, 1e-3),
                near(coef(f)[["t"]], est, 1e-6),
                near(sqrt(vcovCL(f, cluster = d$id, type = "HC0",
                                 cadjust = FALSE)["t", "t"]), se, 1e-5))
    }
  q <- qnorm(0.975)
  z <- est / se
  rbind(row("change", n, est, se, NA, NA, z, 2 * pnorm(-abs(z)),
            est - q * se, est + q * se),
        row("theta", n, theta))
}

# Wilson's interval of k among `of`.
share_row <- function(method, term, k, of)
{
    z2 <- qnorm(0.975)^2
    if (of == 0)
      return(result_row(method, term, 0))
    p <- k / of # Wilson
    mid <- (p + z2 / (2 * of)) / (1 + z2 / of)
    half <- sqrt(z2) / (1 + z2 / of) * sqrt(p * (1 - p) / of + z2 / (4 * of^2))
    ref <- suppressWarnings(prop.test(k, of, correct = FALSE)$conf.int)
    limits <- c(mid - half, mid + half)
    if (k == 0) limits[1] <- 0
    if (k == of) limits[2] <- 1
    stopifnot(near(limits, ref, 1e-7))
    result_row(method, term, of, p, conf_low = limits[1],
               conf_high = limits[2])
}

# Of those on c alone before: who changes to, or adds, each other outcome.
switch_cell <- function(c, cells)
{
  rows <- NULL
  for (o in cells)
    if (o$measure == "users" && o$group == c$group &&
        o$endpoint != c$endpoint)
      {
        who <- which(c$before == 1 & o$before == 0)
        now <- paste(c$after[who], o$after[who])
        rows <- rbind(rows,
          share_row("outcome-switching", paste(c$endpoint, "->", o$endpoint),
                    sum(now == "0 1"), length(who)),
          share_row("outcome-switching",
                    paste0(c$endpoint, " -> ", c$endpoint, "+", o$endpoint),
                    sum(now == "1 1"), length(who)))
      }
  rows
}

transition_cell <- function(c)
{
  b <- c$before > 0
  a <- c$after > 0
  n <- length(a)
  one <- function(term, k, of) share_row("transitions", term, k, of)
  rbind(one("neither", sum(!b & !a), n), one("stopped", sum(b & !a), n),
        one("started", sum(!b & a), n), one("both", sum(b & a), n),
        one("stopped-of-users", sum(b & !a), sum(b)),
        one("started-of-others", sum(!b & a), sum(!b)))
}

before_after_main <- function()
{
  all <- NULL
  for (s in list(count_study("reg_large", "reg_counts"),
                 count_study("reg_medium", "reg_counts_medium")))
    {
      write_study(s)
      r <- run_study(s)
      ratio <- window_days(s$after) / window_days(s$before)
      rows <- do.call(rbind, lapply(r$cells, function(c)
        {
          x <- rbind(relative_change(c$before, c$after),
                     if (c$measure == "dispensings")
                       rbind(conditional_cell(c, ratio),
                             negative_binomial_cell(c, ratio)),
                     if (c$measure == "users") transition_cell(c),
                     if (c$measure == "users") switch_cell(c, r$cells))
          x$endpoint <- c$endpoint
          x$measure <- c$measure
          x$group <- c$group
          x
        }))
      rows$case <- s$name
      rows$data <- s$data
      rows$options <- paste0(s$name, ".yaml")
      rows$tolerance <- TOLERANCE
      all <- rbind(all, rows)
    }
  write_oracle(all, file.path(OUT_DIR, "before_after_counts.tsv"),
               c(paste0("source: other program: ", r_version(),
                        "; conditional Poisson held against glm and sandwich"),
                 "script: scripts/oracle/counts.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

# ---- fits of stats/gee.c ---------------------------------------------------

# Groups of 1 to 5 rows with an offset: every number that a fit has.
gee_fits <- function()
{
  set.seed(19860401)
  size <- rep(1:5, 8)
  id <- rep(seq_along(size), size)
  n <- length(id)
  x <- round(rnorm(n), 2)
  u <- round(rnorm(length(size)), 2)[id]
  time <- sample(1:8, n, replace = TRUE)
  d <- data.frame(group = id, x = x, time = time,
                  count = rpois(n, time * exp(0.3 + 0.4 * x + 0.5 * u)),
                  yes = rbinom(n, 1, plogis(0.5 * x + u)),
                  value = round(2 + x + u + rnorm(n), 2))
  write_counts("gee_counts", d, "groups of one to five rows")
  fit <- function(name, f)
    data.frame(family = name, intercept = coef(f)[[1]], slope = coef(f)[[2]],
               naive_intercept = sqrt(f$geese$vbeta.naiv[1, 1]),
               naive_slope = sqrt(f$geese$vbeta.naiv[2, 2]),
               robust_intercept = sqrt(f$geese$vbeta[1, 1]),
               robust_slope = sqrt(f$geese$vbeta[2, 2]),
               correlation = unname(f$geese$alpha),
               dispersion = unname(f$geese$gamma))
  ctl <- geese.control(epsilon = 1e-14, maxit = 1000)
  rows <- rbind(
    fit("poisson", geeglm(count ~ x + offset(log(time)), id = group, data = d,
                          family = poisson, corstr = "exchangeable",
                          control = ctl)),
    fit("binomial", geeglm(yes ~ x, id = group, data = d, family = binomial,
                           corstr = "exchangeable", control = ctl)),
    fit("gaussian", geeglm(value ~ x, id = group, data = d,
                           family = gaussian, corstr = "exchangeable",
                           control = ctl)))
  write_oracle(rows, file.path(OUT_DIR, "gee_fit.tsv"),
               c(paste0("source: other program: ", r_version(), ", geepack ",
                        packageVersion("geepack")),
                 "script: scripts/oracle/counts.R",
                 "data: tests/oracle/data/gee_counts_synthetic.csv; counts with offset log (time)",
                 "naive, robust: standard errors; tolerance 1e-8"))
}

counts_main <- function()
{
  make_counts()
  crossover_main()
  before_after_main()
  gee_fits()
}

if (is_main())
  counts_main()
