# What a before/after design cannot see, and its controls: negative controls,
# a placebo split, a landmark, exposure day by day, regression to the mean,
# national figures, several specifications.  By the rules, day by day and person
# by person.  Run from the top folder:
#
#   Rscript scripts/oracle/controls.R
#
# writes tests/oracle/controls.tsv from tests/oracle/data/ctl_large.yaml, whose
# keys stand here once more.  R with metafor and sandwich.
source("scripts/oracle/oracle_common.R")
suppressMessages({ library(metafor); library(sandwich) })

COVERAGE <- as.integer(as.Date(c("2010-01-01", "2015-12-31")))
INDEX <- as.integer(as.Date(c("2010-06-01", "2014-06-30")))
LEVELS <- list(x1 = c(1, 1), `x2-3` = c(2, 3), `x4+` = c(4, Inf))
OUTCOMES <- list(
  analgesics = function(d) startsWith(d, "N02"),
  immunomodulators = function(d) startsWith(d, "L03"),
  `all other` = function(d) d != "N07BB04",
  antispastics = function(d) d == "M03BX01",
  gabapentin = function(d) d == "N03AX12",
  statins = function(d) d == "C10AA05",
  fingolimod = function(d) d == "L04AA27")
NEGATIVE <- c("antispastics", "gabapentin", "statins", "fingolimod")
MEASURES <- c("users", "dispensings", "ddd")

raw <- read_text_csv("reg_large_synthetic.csv")
dose <- decimals(raw$ddd)
d <- data.frame(person = raw$person, day = as.integer(as.Date(raw$date)),
                drug = raw$atc, units = ifelse(is.na(dose$int), 0, dose$int),
                disp = is.na(dose$int) | dose$int >= 0)
d <- d[d$day >= COVERAGE[1] & d$day <= COVERAGE[2], ]
people <- split(d, d$person)

# ---- one design ------------------------------------------------------------

# before, after, groups: days; guard; chosen: the requirement holds
design <- function(before, after, groups, guard = TRUE, chosen = TRUE,
                   sum_before = before, sum_after = after)
{
  landmark <- groups[2] > 0 && groups[2] < after[1]
  out <- list()
  for (p in people)
    {
      ldn <- sort(p$day[p$drug == "N07BB04" & p$disp])
      i <- ldn[ldn >= INDEX[1] & ldn <= INDEX[2]]
      if (length(i) == 0) next
      i <- i[1]
      since <- p$day - i
      if (chosen && sum(startsWith(p$drug, "N02") & since >= -365
                        & since <= -1) < 2) next
      reach <- if (guard) c(min(before[1], if (chosen) -365),
                            max(after[2], groups[2])) else
        c(0, if (landmark) groups[2] + 1 else 0)
      if (i + reach[1] < COVERAGE[1] || i + reach[2] > COVERAGE[2]) next
      n <- sum(ldn - i >= groups[1] & ldn - i <= groups[2])
      level <- which(vapply(LEVELS, function(v) n >= v[1] && n <= v[2], NA))
      p$since <- since
      out[[length(out) + 1]] <- list(rows = p, index = i, level = level,
                                     exposed = (ldn - i)[ldn - i >= groups[1]
                                       & ldn - i <= groups[2]],
                                     last = min(after[2], COVERAGE[2] - i))
    }
  list(persons = out, level = vapply(out, function(p) p$level, 1L),
       before = sum_before, after = sum_after)
}

# integers of each person in a window
window_sums <- function(des, outcome, measure, window)
  vapply(des$persons, function(p)
    {
      r <- p$rows[OUTCOMES[[outcome]](p$rows$drug) & p$rows$since >= window[1]
                  & p$rows$since <= window[2], ]
      if (measure == "ddd") sum(r$units) else
        if (measure == "users") as.numeric(any(r$disp)) else sum(r$disp)
    }, 0)

scale_of <- function(measure) if (measure == "ddd") dose$scale else 1

# ---- rows ------------------------------------------------------------------

rows <- NULL
put <- function(analysis, endpoint, measure, group, row, tolerance = TOLERANCE)
  rows[[length(rows) + 1]] <<- cbind(
    data.frame(case = "ctl_large", data = "reg_large_synthetic.csv",
               options = "ctl_large.yaml", analysis = analysis,
               endpoint = endpoint, measure = measure, group = group), row,
    data.frame(tolerance = tolerance))

normal_row <- function(method, term, n, est, se)
{
  ok <- !is.na(se) && se > 0
  q <- qnorm(0.975)
  result_row(method, term, n, est, se, NA, NA, if (ok) est / se else NA,
             if (ok) 2 * pnorm(-abs(est / se)) else NA,
             if (ok) est - q * se else NA, if (ok) est + q * se else NA)
}

t_row <- function(method, term, n, est, se, df)
{
  q <- qt(0.975, df)
  result_row(method, term, n, est, se, NA, df, est / se,
             2 * pt(-abs(est / se), df), est - q * se, est + q * se)
}

welch <- function(a, b, term)
{
  if (length(a) < 2 || length(b) < 2 || var(a) + var(b) == 0) return(NULL)
  t <- t.test(a, b)
  t_row("difference-in-differences", term, length(a) + length(b),
        mean(a) - mean(b), t$stderr, unname(t$parameter))
}

# Effects with standard errors, to be calibrated: one list per family.
effects <- list()
keep_effect <- function(analysis, endpoint, measure, group, row, name)
  if (!is.null(row))
    effects[[length(effects) + 1]] <<- cbind(
      data.frame(analysis = analysis, endpoint = endpoint, measure = measure,
                 group = group, name = name), row)

basics <- function(analysis, des)
{
  for (o in names(OUTCOMES))
    for (m in MEASURES)
      {
        s <- scale_of(m)
        b <- window_sums(des, o, m, des$before)
        a <- window_sums(des, o, m, des$after)
        for (g in c("all", names(LEVELS)))
          {
            in_g <- if (g == "all") rep(TRUE, length(b)) else
              names(LEVELS)[des$level] == g
            n <- sum(in_g)
            for (w in c("before", "after"))
              {
                x <- (if (w == "before") b else a)[in_g] / s
                put(analysis, o, m, g, result_row("describe", w, n, mean(x),
                                                  sd(x) / sqrt(n)))
              }
            if (m == "users")
              {
                k <- mcnemar_numbers(sum(b[in_g] & !a[in_g]),
                                     sum(!b[in_g] & a[in_g]), n)
                row <- result_row("mcnemar", "change", n, k$estimate,
                                  k$std_error, 1, NA, k$statistic, k$p_value,
                                  k$conf_low, k$conf_high)
                if (is.na(k$statistic)) row$conf_low <- row$conf_high <- NA
                keep_effect(analysis, o, m, g, row, "mcnemar")
              }
            else
              {
                row <- one_sample_t("paired-t", "change", (a - b)[in_g], s,
                                    0.95)
                put(analysis, o, m, g, row)
                keep_effect(analysis, o, m, g, row, "paired-t")
              }
          }
        for (g in names(LEVELS)[-1])
          {
            term <- paste(g, "- x1")
            change <- (a - b) / s
            level <- names(LEVELS)[des$level]
            row <- welch(change[level == g], change[level == "x1"], term)
            if (!is.null(row)) put(analysis, o, m, "all", row)
            keep_effect(analysis, o, m, "all", row,
                        paste("difference-in-differences", term))
          }
      }
}

# ---- exposure day by day ---------------------------------------------------

day_by_day <- function(analysis, des)
{
  K <- length(LEVELS)
  N <- length(des$persons)
  state <- lapply(des$persons, function(p)
    vapply(seq(des$after[1], p$last), function(t)
      {
        n <- sum(p$exposed < t)
        k <- which(vapply(LEVELS, function(v) n >= v[1] && n <= v[2], NA))
        if (length(k)) k else 0L
      }, 1L))
  days <- t(vapply(state, function(s) as.numeric(tabulate(s, K)), numeric(K)))
  for (o in names(OUTCOMES))
    for (m in c("dispensings", "ddd"))
      {
        e <- matrix(0, N, K)
        for (i in seq_len(N))
          {
            r <- des$persons[[i]]$rows
            r <- r[OUTCOMES[[o]](r$drug) & r$since >= des$after[1]
                   & r$since <= des$persons[[i]]$last, ]
            k <- state[[i]][r$since - des$after[1] + 1]
            for (j in seq_len(K))
              e[i, j] <- sum(if (m == "ddd") r$units[k == j] / dose$scale else
                r$disp[k == j])
          }
        E <- colSums(e); T <- colSums(days)
        pull <- sweep(e, 2, E, "/") - sweep(days, 2, T, "/")
        for (j in seq_len(K))
          {
            rate <- 365.25 * E[j] / T[j]
            se <- if (E[j] > 0) rate * sqrt(sum(pull[, j]^2)) else NA
            row <- normal_row("time-varying-exposure",
                              paste("rate", names(LEVELS)[j]),
                              sum(days[, j] > 0), rate, se)
            row$statistic <- row$p_value <- NA
            put(analysis, o, m, "all", row)
          }
        for (j in 2:K)
          {
            ok <- E[j] > 0 && E[1] > 0
            term <- paste(names(LEVELS)[j], "/ x1")
            se <- if (ok) sqrt(sum((pull[, j] - pull[, 1])^2)) else NA
            row <- normal_row("time-varying-exposure", term, N,
                              if (ok) log(E[j] / T[j] / (E[1] / T[1])) else NA,
                              se)
            if (ok && m == "dispensings") # the model says the same
              {
                long <- data.frame(e = c(e), t = c(days), id = rep(1:N, K),
                                   k = factor(rep(1:K, each = N)))
                long <- long[long$t > 0 & E[as.integer(long$k)] > 0, ]
                fit <- glm(e ~ k + offset(log(t)), poisson, long)
                at <- paste0("k", j)
                V <- vcovCL(fit, long$id, type = "HC0", cadjust = FALSE)
                stopifnot(near(coef(fit)[at], row$estimate, 1e-6),
                          near(sqrt(V[at, at]), row$std_error, 1e-5))
              }
            put(analysis, o, m, "all", row)
            keep_effect(analysis, o, m, "all", row,
                        paste("time-varying-exposure", term))
          }
      }
}

# ---- regression to the mean ------------------------------------------------

# The whole formula on numbers, so that the simulation below can use it too.
towards_mean <- function(first_half, second_half, before_all, before, after)
{
  r <- cor(first_half, second_half)
  R <- if (r > 0) 2 * r / (1 + r) else NA
  mu <- mean(before_all)
  rest <- (after - before) + (1 - R) * (before - mu)
  line <- lm(I(after - before) ~ I(before - mu))
  fit <- suppressWarnings(summary(line))
  if (fit$sigma < 1e-12 * sqrt(mean(before^2) + mean(after^2) + 1))
    fit$coefficients[, 2] <- 0 # all on a line
  share <- length(before) / length(before_all)
  list(r = r, R = R, mu = mu, expected = -(1 - R) * (mean(before) - mu),
       normal = -(1 - R) * sd(before_all) * dnorm(qnorm(1 - share)) / share,
       rest = rest, ancova = fit$coefficients, df = fit$df[2])
}

regression <- function(analysis, des, all)
{
  M <- "regression-to-the-mean"
  first <- c(-364, -183); second <- c(-182, -1)
  for (o in names(OUTCOMES))
    for (m in c("dispensings", "ddd"))
      {
        s <- scale_of(m)
        whole <- window_sums(all, o, m, c(-365, -1)) / s
        b <- window_sums(des, o, m, c(-365, -1)) / s
        a <- window_sums(des, o, m, c(0, 364)) / s
        for (g in c("all", names(LEVELS)))
          {
            in_g <- if (g == "all") rep(TRUE, length(b)) else
              names(LEVELS)[des$level] == g
            n <- sum(in_g)
            if (var(b[in_g]) == 0 || n < 3) next
            k <- towards_mean(window_sums(all, o, m, first) / s,
                              window_sums(all, o, m, second) / s, whole,
                              b[in_g], a[in_g])
            if (g == "all")
              {
                put(analysis, o, m, g, result_row(M, "half-correlation",
                                                  length(whole), k$r))
                put(analysis, o, m, g, result_row(M, "reliability",
                                                  length(whole), k$R))
                q <- t.test(whole)
                put(analysis, o, m, g,
                    result_row(M, "population-mean", length(whole), k$mu,
                               q$stderr, NA, length(whole) - 1, NA, NA,
                               q$conf.int[1], q$conf.int[2]))
                put(analysis, o, m, g,
                    result_row(M, "expected-change-normal", n, k$normal))
              }
            put(analysis, o, m, g, result_row(M, "expected-change", n,
                                              k$expected))
            if (is.na(k$R))
              put(analysis, o, m, g, result_row(M, "corrected-change", n))
            else
              put(analysis, o, m, g,
                  t_row(M, "corrected-change", n, mean(k$rest),
                        sd(k$rest) / sqrt(n), n - 1))
            for (term in 1:2)
              put(analysis, o, m, g, if (k$ancova[term, 2] == 0)
                  result_row(M, c("ancova-change", "ancova-slope")[term], n,
                             k$ancova[term, 1], 0, NA, k$df) else
                  t_row(M, c("ancova-change", "ancova-slope")[term], n,
                        k$ancova[term, 1], k$ancova[term, 2], k$df))
          }
      }
}

# A population of normal levels and errors, half of it chosen for a use above
# the mean: without any effect the corrected changes must be 0 within three
# standard errors, and the fall that of the closed form.
simulate <- function()
{
  set.seed(20260101)
  n <- 400000
  level <- rnorm(n, 50, 10)
  half <- function() level / 2 + rnorm(n, 0, 6)
  first <- half(); second <- half(); after <- half() + half()
  before <- first + second
  chosen <- before > 55
  k <- towards_mean(first, second, before, before[chosen], after[chosen])
  truth <- 100 / (100 + 72)
  z <- (55 - 50) / sqrt(172)
  fall <- -72 / sqrt(172) * dnorm(z) / pnorm(-z)
  se <- sd(k$rest) / sqrt(sum(chosen))
  stopifnot(abs(k$R - truth) < 0.005, abs(k$expected - fall) < 0.05,
            abs(k$normal - fall) < 0.05,
            abs(mean(k$rest)) < 5 * se + 0.03,
            abs(k$ancova[1, 1]) < 4 * k$ancova[1, 2])
  message(sprintf("simulated: R %.4f (%.4f), fall %.4f (%.4f), left %.4f",
                  k$R, truth, k$expected, fall, mean(k$rest)))
}

# ---- national figures ------------------------------------------------------

national <- function(analysis, des)
{
  M <- "national-trend"
  pop <- read_text_csv("ctl_population.csv")
  for (i in seq_len(nrow(pop)))
    {
      o <- pop$drug_group[i]; m <- pop$what[i]
      B <- suppressWarnings(as.numeric(pop$y2012[i]))
      A <- suppressWarnings(as.numeric(pop$y2014[i]))
      nat <- if (is.na(B) || is.na(A) || B == 0) NA else 100 * (A - B) / B
      put(analysis, o, m, "population", result_row(M, "national", NA, nat))
      b <- window_sums(des, o, m, des$before)
      a <- window_sums(des, o, m, des$after)
      for (g in c("all", names(LEVELS)))
        {
          in_g <- if (g == "all") rep(TRUE, length(b)) else
            names(LEVELS)[des$level] == g
          x <- b[in_g]; y <- a[in_g]
          if (sum(x) <= 0 || sum(y) <= 0) next
          R <- sum(y) / sum(x)
          se <- 100 * sqrt(sum((y - R * x)^2)) / sum(x) # of a ratio of totals
          put(analysis, o, m, g, normal_row(M, "change", sum(in_g),
                                            100 * (R - 1), se))
          if (is.na(nat))
            put(analysis, o, m, g, result_row(M, "difference", sum(in_g), NA,
                                              se))
          else
            put(analysis, o, m, g, normal_row(M, "difference", sum(in_g),
                                              100 * (R - 1) - nat, se))
        }
    }
}

# ---- empirical calibration -------------------------------------------------

# mu and sigma of y ~ N (mu, sigma^2 + s^2) by maximum likelihood: the profile
# score in sigma^2 set to 0, the highest of all its zeros and 0 itself, then held
# against optim (the likelihood may have two maxima) and metafor.
null_fit <- function(y, s)
{
  v <- s^2
  mu_at <- function(t) sum(y / (v + t)) / sum(1 / (v + t))
  score <- function(t) sum((y - mu_at(t))^2 / (v + t)^2) - sum(1 / (v + t))
  loglik <- function(t) sum(dnorm(y, mu_at(t), sqrt(v + t), log = TRUE))
  top <- 10 * (var(y) + max(v)) + 1e-9
  grid <- c(0, exp(seq(log(top * 1e-12), log(top), length.out = 4000)))
  sign <- vapply(grid, score, 0) > 0
  t <- 0
  for (i in which(sign[-length(sign)] & !sign[-1]))
    {
      root <- uniroot(score, grid[i + 0:1], tol = 1e-300, maxiter = 10000)$root
      if (loglik(root) > loglik(t)) t <- root
    }
  best <- optim(c(mean(y), log(sd(y) + 1e-6)), function(q)
    -sum(dnorm(y, q[1], sqrt(v + exp(2 * q[2])), log = TRUE)),
    control = list(reltol = 1e-14, maxit = 5000))
  stopifnot(loglik(t) >= -best$value - 1e-7)
  list(mu = mu_at(t), se = sqrt(1 / sum(1 / (v + t))), sigma = sqrt(t))
}

calibrate <- function()
{
  M <- "empirical-calibration"
  all <- do.call(rbind, effects)
  family <- split(all, paste(all$analysis, all$measure, all$group, all$name,
                             sep = "\r"))
  fits <- agree <- 0
  for (f in family)
    {
      if (all(is.na(f$std_error))) next
      null <- f[f$endpoint %in% NEGATIVE, ]
      null <- null[!is.na(null$std_error) & null$std_error > 0, ]
      k <- nrow(null)
      one <- f[1, ]
      name <- one$name
      if (k >= 3)
        {
          fit <- null_fit(null$estimate, null$std_error)
          fits <- fits + 1
          ref <- tryCatch(rma(null$estimate, sei = null$std_error,
                              method = "ML",
                              control = list(threshold = 1e-10,
                                             maxiter = 10000)),
                          error = function(e) NULL)
          if (!is.null(ref)) # it stops at the first maximum
            agree <- agree + near(sqrt(ref$tau2), fit$sigma, 1e-4)
        }
      else fit <- list(mu = NA, se = NA, sigma = NA)
      mean_row <- normal_row(M, paste0("null-mean: ", name), k, fit$mu, fit$se)
      mean_row$statistic <- mean_row$p_value <- NA
      put(one$analysis, "negative controls", one$measure, one$group, mean_row,
          1e-7)
      put(one$analysis, "negative controls", one$measure, one$group,
          result_row(M, paste0("null-sd: ", name), k, fit$sigma), 1e-7)
      for (i in which(!f$endpoint %in% NEGATIVE))
        if (!is.na(f$std_error[i]))
          put(one$analysis, f$endpoint[i], one$measure, one$group,
              normal_row(M, name, f$n[i], f$estimate[i] - fit$mu,
                         sqrt(fit$sigma^2 + f$std_error[i]^2)), 1e-7)
    }
  message(fits, " null distributions, ", agree, " as metafor has them")
}

if (is_main())
  {
    simulate()
    year <- c(0, 364)
    base <- design(c(-365, -1), year, year)
    landmark <- design(c(-365, -1), c(120, 484), c(0, 119))
    basics("change", base)
    day_by_day("change", base)
    regression("change", base, design(c(-365, -1), year, year, chosen = FALSE))
    national("change", base)
    placebo <- "change (placebo: before v before)"
    basics(placebo, design(c(-365, -1), year, year, sum_before = c(-364, -183),
                           sum_after = c(-182, -1)))
    basics("change (landmark: day 120)", landmark)
    day_by_day("change (landmark: day 120)", landmark)
    national("change (landmark: day 120)", landmark)
    for (guard in c(TRUE, FALSE))
      {
        word <- if (guard) "on" else "off"
        one <- design(c(-365, -1), year, year, guard)
        basics(paste0("change (specification: [-365, -1] v [0, 364], guard ",
                      word, ")"), one)
        two <- design(c(-180, -31), c(31, 180), year, guard)
        name <- paste0("change (specification: [-180, -31] v [31, 180], ",
                       "guard ", word, ")")
        basics(name, two)
        day_by_day(name, two)
      }
    calibrate()
    write_oracle(do.call(rbind, rows), file.path(OUT_DIR, "controls.tsv"),
                 c(paste0("source: other program: ", r_version(),
                          ", sandwich ", packageVersion("sandwich"),
                          ", metafor ", packageVersion("metafor")),
                   "script: scripts/oracle/controls.R",
                   "data: tests/oracle/data/, all synthetic",
                   "command: recross run OPTIONS, the study file beside the data"))
  }
