# Expected values of `recross meta`: data sets and rows.
#
#   Rscript scripts/oracle/meta.R            from the top folder
#
# Every number is computed here from its definition (matrices and bisection,
# not the sums the C code uses) and compared with metafor (Viechtbauer 2010,
# J Stat Softw 36:3) where that is installed; the script stops when they differ.
# Data are synthetic and written first, each file with its own seed.

source("scripts/oracle/oracle_common.R")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
HAS_METAFOR <- requireNamespace("metafor", quietly = TRUE)

# ---- data ------------------------------------------------------------------

save_studies <- function(stem, estimate, std_error, places = 4)
{
  txt <- function(x) sprintf(paste0("%.", places, "f"), x)
  lines <- c("# synthetic: invented study results, nobody is behind them",
             "study,estimate,std_error",
             sprintf("S%02d,%s,%s", seq_along(estimate), txt(estimate),
                     txt(std_error)))
  con <- file(file.path(DATA_DIR, paste0("meta_", stem, "_synthetic.csv")),
              "wb")
  on.exit(close(con))
  writeLines(lines, con, sep = "\n")
}

simulated <- function(stem, seed, k, mu, tau, low, high)
{
  set.seed(seed)
  se <- exp(runif(k, log(low), log(high)))
  save_studies(stem, rnorm(k, mu, sqrt(tau^2 + se^2)), se)
}

make_data <- function()
{
  save_studies("k1", 0.42, 0.2)
  save_studies("k2", c(0.1, 0.9), c(0.2, 0.25))
  simulated("k3", 3, 3, 0.5, 0.4, 0.1, 0.4)
  simulated("k13", 13, 13, -0.7, 0.5, 0.05, 0.6)
  simulated("k40", 40, 40, 0.2, 0.3, 0.02, 1.5)
  # less spread than the standard errors allow: every tau2 is 0
  save_studies("boundary", c(0.31, 0.29, 0.3, 0.33, 0.27),
               c(0.1, 0.12, 0.09, 0.2, 0.15))
  # some estimators of tau2 are 0, others are not
  save_studies("between", c(0.05, 0.6, 0.2, 0.35, 1.1, 0.3),
               c(0.1, 0.3, 0.12, 0.2, 0.6, 0.05))
  save_studies("equal", rep(0.3, 4), c(0.1, 0.2, 0.3, 0.4))
  save_studies("same_se", c(0.12, 0.5, -0.3, 0.8, 0.41), rep(0.2, 5))
  simulated("offset", 6, 8, 1e6, 0.5, 0.1, 0.6)
  save_studies("dominant", c(0.2, 1.4, -0.5, 0.9), c(0.0001, 0.7, 0.5, 0.9))
  # the restricted likelihood has two maxima: the higher one counts
  save_studies("two_maxima", c(-4.8, 0, 0.6), c(2.1, 0.274, 0.291), 3)
}

# ---- definitions -----------------------------------------------------------

half_way <- function(f, low, high) # f(low) > 0 >= f(high)
{
  for (i in 1:2000)
    {
      mid <- (low + high) / 2
      if (mid == low || mid == high)
        break
      if (f(mid) > 0) low <- mid else high <- mid
    }
  mid
}

# P = W - W 1 (1'W 1)^-1 1'W at a value of tau2
projection <- function(v, t)
{
  w <- 1 / (v + t)
  diag(w, length(w)) - outer(w, w) / sum(w)
}
q_at <- function(y, v, t) drop(t(y) %*% projection(v, t) %*% y)

# Q(t) = target, decreasing in t
q_root <- function(y, v, target)
{
  if (q_at(y, v, 0) <= target)
    return(0)
  high <- 1
  while (q_at(y, v, high) > target)
    high <- 2 * high
  half_way(function(t) q_at(y, v, t) - target, 0, high)
}

# The highest maximum of a likelihood from its derivative on a fine grid
highest <- function(score, loglik, scale)
{
  grid <- c(0, scale * exp(seq(-18, 12, length.out = 6000)))
  s <- vapply(grid, score, 0)
  at <- which(s[-length(s)] > 0 & s[-1] <= 0)
  roots <- vapply(at, function(i) half_way(score, grid[i], grid[i + 1]), 0)
  if (s[1] <= 0)
    roots <- c(0, roots)
  roots[which.max(vapply(roots, loglik, 0))]
}

tau2_reml <- function(y, v)
{
  score <- function(t)
  {
    p <- projection(v, t)
    drop(t(y) %*% p %*% p %*% y) - sum(diag(p))
  }
  loglik <- function(t)
    -(sum(log(v + t)) + log(sum(1 / (v + t))) + q_at(y, v, t)) / 2
  highest(score, loglik, mean(v))
}

tau2_ml <- function(y, v)
{
  score <- function(t)
  {
    p <- projection(v, t)
    drop(t(y) %*% p %*% p %*% y) - sum(1 / (v + t))
  }
  loglik <- function(t) -(sum(log(v + t)) + q_at(y, v, t)) / 2
  highest(score, loglik, mean(v))
}

# Generalised method of moments with weights a (DerSimonian & Kacker 2007,
# Contemp Clin Trials 28:105-114, eq. 6)
tau2_moments <- function(y, v, a)
{
  m <- sum(a * y) / sum(a)
  max(0, (sum(a * (y - m)^2) - (sum(a * v) - sum(a^2 * v) / sum(a))) /
        (sum(a) - sum(a^2) / sum(a)))
}

ESTIMATORS <- list(
  dl = function(y, v) tau2_moments(y, v, 1 / v),
  pm = function(y, v) q_root(y, v, length(y) - 1),
  reml = tau2_reml,
  ml = tau2_ml,
  he = function(y, v) tau2_moments(y, v, rep(1, length(v))),
  sj = function(y, v)
  {
    t0 <- mean((y - mean(y))^2)
    if (t0 == 0) 0 else t0 * q_at(y, v, t0) / (length(y) - 1)
  },
  hs = function(y, v) max(0, (q_at(y, v, 0) - length(y)) / sum(1 / v)),
  eb = function(y, v) q_root(y, v, length(y) - 1))

# ---- rows ------------------------------------------------------------------

# I2 in percent and H2 that go with a tau2 (Higgins & Thompson 2002, Stat Med
# 21:1539-1558, with the typical variance of their eq. 9)
i2_of <- function(t, v)
{
  w <- 1 / v
  pairs <- outer(w, w) # (sum w)^2 - sum w^2, without the difference
  typical <- (length(v) - 1) * sum(w) / (2 * sum(pairs[upper.tri(pairs)]))
  100 * t / (t + typical)
}
h2_of <- function(t, v)
  100 / (100 - i2_of(t, v))

q_profile <- function(y, v, level)
{
  df <- length(y) - 1
  up <- qchisq((1 - level) / 2, df)
  if (q_at(y, v, 0) < up)
    return(c(NA, NA))
  c(q_root(y, v, qchisq((1 + level) / 2, df)), q_root(y, v, up))
}

q_row <- function(method, y, v)
{
  k <- length(y)
  if (k == 1)
    return(result_row(method, "q", 1))
  q <- q_at(y, v, 0)
  result_row(method, "q", k, df = k - 1, statistic = q,
             p_value = pchisq(q, k - 1, lower.tail = FALSE))
}

pooled_row <- function(method, k, mu, se, df, level)
{
  if (!(se > 0))
    return(result_row(method, "pooled", k, mu, se, df = df))
  z <- mu / se
  p <- if (is.na(df)) 2 * pnorm(-abs(z)) else 2 * pt(-abs(z), df)
  q <- if (is.na(df)) qnorm((1 + level) / 2) else qt((1 + level) / 2, df)
  result_row(method, "pooled", k, mu, se, NA, df, z, p, mu - q * se,
             mu + q * se)
}

fixed_rows <- function(y, v, level)
{
  k <- length(y)
  w <- 1 / v
  mu <- sum(w * y) / sum(w)
  q <- q_at(y, v, 0)
  i2 <- if (k == 1) NA else if (q > 0) max(0, 100 * (q - (k - 1)) / q) else 0
  rbind(pooled_row("fe", k, mu, 1 / sqrt(sum(w)), NA, level),
        result_row("fe", "tau2", k, 0),
        result_row("fe", "i2", k, i2),
        result_row("fe", "h2", k, if (k == 1) NA else q / (k - 1)),
        q_row("fe", y, v))
}

one_study_rows <- function(method, hksj)
  do.call(rbind, lapply(c("pooled", "tau2", "i2", "h2", "q", "prediction"),
                        function(term) result_row(method, term, 1)))

random_rows <- function(name, y, v, level, hksj, truncate = FALSE)
{
  k <- length(y)
  method <- paste0(name, if (hksj) "-hksj" else "")
  if (k == 1)
    return(one_study_rows(method))
  t <- ESTIMATORS[[name]](y, v)
  w <- 1 / (v + t)
  mu <- sum(w * y) / sum(w)
  se <- 1 / sqrt(sum(w))
  df <- NA
  if (hksj)
    {
      factor <- sum(w * (y - mu)^2) / (k - 1)
      if (all(y == y[1]))
        factor <- 0
      if (truncate)
        factor <- max(1, factor)
      se <- sqrt(factor) * se
      df <- k - 1
    }
  ci <- q_profile(y, v, level)
  quantile <- if (hksj) qt((1 + level) / 2, df) else qnorm((1 + level) / 2)
  half <- if (se > 0) quantile * sqrt(se^2 + t) else NA
  rbind(pooled_row(method, k, mu, se, df, level),
        result_row(method, "tau2", k, t, conf_low = ci[1], conf_high = ci[2]),
        result_row(method, "i2", k, i2_of(t, v), conf_low = i2_of(ci[1], v),
                   conf_high = i2_of(ci[2], v)),
        result_row(method, "h2", k, h2_of(t, v), conf_low = h2_of(ci[1], v),
                   conf_high = h2_of(ci[2], v)),
        q_row(method, y, v),
        result_row(method, "prediction", k, mu, df = df, conf_low = mu - half,
                   conf_high = mu + half))
}

# Egger et al. 1997, BMJ 315:629-634: y / se on 1 / se without weights.
egger_rows <- function(y, v, level)
{
  k <- length(y)
  se <- sqrt(v)
  if (k < 3 || all(se == se[1]))
    return(rbind(result_row("egger", "egger", k),
                 result_row("egger", "limit", k)))
  fit <- lm(I(y / se) ~ I(1 / se))
  co <- summary(fit)$coefficients
  if (all(y == y[1])) # a perfect line: the residuals are rounding noise
    return(rbind(result_row("egger", "egger", k, 0, 0, df = k - 2),
                 result_row("egger", "limit", k, y[1], 0, df = k - 2)))
  ci <- confint(fit, level = level)
  row <- function(term, i)
    result_row("egger", term, k, co[i, 1], co[i, 2], NA, k - 2, co[i, 3],
               co[i, 4], ci[i, 1], ci[i, 2])
  rbind(row("egger", 1), row("limit", 2))
}

# Egger's test as metafor's regtest makes it: the slope on the standard error in
# a random-effects meta-regression, tau2 by REML, normal.
egger_mixed_rows <- function(y, v, level)
{
  k <- length(y)
  se <- sqrt(v)
  if (k < 3 || all(se == se[1]))
    return(result_row("egger-mixed-effects", "standard-error", k))
  x <- cbind(1, se)
  pieces <- function(t)
  {
    w <- diag(1 / (v + t))
    a <- solve(t(x) %*% w %*% x)
    list(w = w, a = a, p = w - w %*% x %*% a %*% t(x) %*% w)
  }
  score <- function(t)
  {
    p <- pieces(t)$p
    drop(t(y) %*% p %*% p %*% y) - sum(diag(p))
  }
  loglik <- function(t)
  {
    z <- pieces(t)
    -(sum(log(v + t)) - log(det(z$a)) + drop(t(y) %*% z$p %*% y)) / 2
  }
  z <- pieces(highest(score, loglik, mean(v)))
  b <- drop(z$a %*% t(x) %*% z$w %*% y)[2]
  pooled <- pooled_row("egger-mixed-effects", k, b, sqrt(z$a[2, 2]), NA, level)
  pooled$term <- "standard-error"
  pooled
}

# Begg & Mazumdar 1994, Biometrics 50:1088-1101
rank_rows <- function(y, v)
{
  k <- length(y)
  if (k < 3 || all(v == v[1]))
    return(result_row("rank-correlation", "kendall-tau", k))
  mu <- sum(y / v) / sum(1 / v)
  z <- (y - mu) / sqrt(v - 1 / sum(1 / v))
  test <- cor.test(z, v, method = "kendall", exact = k <= 40)
  result_row("rank-correlation", "kendall-tau", k, unname(test$estimate),
             p_value = test$p.value)
}

# One study less, and one study more at a time; REML.
series_rows <- function(stem, y, v, level, sets)
  do.call(rbind, lapply(seq_along(sets), function(i)
    {
      yi <- y[sets[[i]]]
      vi <- v[sets[[i]]]
      row <- if (length(yi) == 1)
        pooled_row("reml", 1, yi, sqrt(vi), NA, level)
      else random_rows("reml", yi, vi, level, FALSE)[1, ]
      row$method <- stem
      row$term <- sprintf("S%02d", i)
      row
    }))

study_rows <- function(y, v, level)
{
  se <- sqrt(v)
  q <- qnorm((1 + level) / 2)
  z <- y / se
  result_row("study", sprintf("S%02d", seq_along(y)), 1, y, se, NA, NA, z,
             2 * pnorm(-abs(z)), y - q * se, y + q * se)
}

# ---- against metafor -------------------------------------------------------

compare <- function(rows, y, v, level)
{
  for (name in names(ESTIMATORS))
    for (test in c("z", "knha"))
      {
        # their iterations may stop early or at the lower of two maxima
        fit <- try(metafor::rma(y, v, method = toupper(name), test = test,
                                level = 100 * level,
                                control = list(tol = 1e-13, threshold = 1e-12,
                                               maxiter = 10000,
                                               stepadj = 0.5)), silent = TRUE)
        if (inherits(fit, "try-error"))
          {
            message("metafor has no ", name, " here")
            next
          }
        method <- paste0(name, if (test == "knha") "-hksj" else "")
        mine <- rows[rows$method == method, ]
        at <- function(term) mine[mine$term == term, ]
        p <- at("pooled")
        pi <- predict(fit)
        ci <- confint(fit)$random
        ok <- c(tau2 = near(at("tau2")$estimate, fit$tau2, 1e-5),
                mu = near(p$estimate, fit$beta, 1e-6),
                se = near(p$std_error, fit$se, 1e-5),
                p = is.na(p$p_value) || near(p$p_value, fit$pval, 1e-4),
                i2 = near(at("i2")$estimate, fit$I2, 1e-4),
                h2 = near(at("h2")$estimate, fit$H2, 1e-4),
                q = near(at("q")$statistic, fit$QE, 1e-8),
                pi = is.na(at("prediction")$conf_low) ||
                  near(at("prediction")$conf_low, pi$pi.lb, 1e-4),
                ci = is.na(ci[1, 2]) ||
                  near(at("tau2")$conf_high, ci[1, 3], 1e-3))
        if (!all(ok))
          message("  differs from metafor: ", method, ": ",
                  paste(names(ok)[!ok], collapse = " "), "; tau2 ",
                  at("tau2")$estimate, " against ", fit$tau2)
      }
}

# ---- effects from what papers print ----------------------------------------

save_table <- function(stem, lines)
{
  con <- file(file.path(DATA_DIR, paste0("meta_", stem, "_synthetic.csv")),
              "wb")
  on.exit(close(con))
  writeLines(c("# synthetic: invented study results, nobody is behind them",
               lines), con, sep = "\n")
}

make_effect_data <- function()
{
  save_table("counts", c(
    "study,events1,n1,events2,n2", "a,12,100,20,98", "b,0,25,4,27",
    "c,0,30,0,28", "d,40,40,31,38", "e,350,5000,410,4900"))
  save_table("means", c(
    "study,n1,mean1,sd1,n2,mean2,sd2", "a,20,5.1,1.3,22,4.2,1.9",
    "b,4,-2,0.5,3,-1.5,0.7", "c,250,101,15,240,99,14.2"))
  save_table("arms", c(
    "study,n,mean1,sd1,mean2,sd2,r", "a,12,7.3,2.4,6.6,2.2,0.68",
    "b,40,0.5,0.11,0.52,0.12,-0.1", "c,8,100,10,91,10,0.95"))
  save_table("changes", c(
    paste0("study,n1,before1,after1,sd_before1,sd_after1,",
           "n2,before2,after2,sd_before2,sd_after2,r"),
    "a,20,30,38,15,12,18,23,20,14,15,0.5",
    "b,9,0.5,0.7,0.1,0.13,11,0.6,0.6,0.2,0.2,0.77",
    "c,60,12,11,4,4.4,55,12.5,12.2,3.8,4,0.3"))
  save_table("printed", c(
    "trial,year,or,low,high,variance", "Smith,2001,0.62,0.4,0.96,0.05",
    "Smith,2004,1.1,0.71,1.7,0.0496", "Jones,2001,0.5,0.2,1.25,0.22",
    "Berg,2010,NA,,,", "Smith,2001,0.9,0.6,1.35,0.043"))
}

unbiased <- function(m) # Hedges 1981
  exp(lgamma(m / 2) - lgamma((m - 1) / 2)) / sqrt(m / 2)

# Each: y and v of all rows of a table, from the definitions
EFFECTS <- list(
  "log-odds-ratio" = function(d)
  {
    d <- halves(d)
    list(y = log(d$a / d$b) - log(d$c / d$d),
         v = 1 / d$a + 1 / d$b + 1 / d$c + 1 / d$d)
  },
  "log-risk-ratio" = function(d)
  {
    d <- halves(d)
    list(y = log(d$a / (d$a + d$b)) - log(d$c / (d$c + d$d)),
         v = 1 / d$a - 1 / (d$a + d$b) + 1 / d$c - 1 / (d$c + d$d))
  },
  "risk-difference" = function(d)
  {
    d <- halves(d)
    p <- d$a / (d$a + d$b)
    q <- d$c / (d$c + d$d)
    list(y = p - q,
         v = p * (1 - p) / (d$a + d$b) + q * (1 - q) / (d$c + d$d))
  },
  "mean-difference" = function(d)
    list(y = d$mean1 - d$mean2, v = d$sd1^2 / d$n1 + d$sd2^2 / d$n2),
  "mean-difference-pooled" = function(d)
    list(y = d$mean1 - d$mean2, v = pooled_sd(d)^2 * (1 / d$n1 + 1 / d$n2)),
  "smd" = function(d)
  {
    g <- unbiased(d$n1 + d$n2 - 2) * (d$mean1 - d$mean2) / pooled_sd(d)
    list(y = g, v = 1 / d$n1 + 1 / d$n2 + g^2 / (2 * (d$n1 + d$n2)))
  },
  "crossover-mean-difference" = function(d)
    list(y = d$mean1 - d$mean2,
         v = (d$sd1^2 + d$sd2^2 - 2 * d$r * d$sd1 * d$sd2) / d$n),
  "crossover-smd" = function(d)
  {
    g <- (d$mean1 - d$mean2) / sqrt((d$sd1^2 + d$sd2^2) / 2)
    list(y = g, v = (1 / d$n + g^2 / (2 * d$n)) * 2 * (1 - d$r))
  },
  "change-pretest-difference" = function(d)
    minus(by_pretest(d, 1), by_pretest(d, 2)),
  "change-change-difference" = function(d)
    minus(by_change(d, 1), by_change(d, 2)),
  "change-pretest-pooled" = function(d)
  {
    s <- sqrt(((d$n1 - 1) * d$sd_before1^2 + (d$n2 - 1) * d$sd_before2^2) /
                (d$n1 + d$n2 - 2))
    g <- unbiased(d$n1 + d$n2 - 2) *
      (d$after1 - d$before1 - d$after2 + d$before2) / s
    list(y = g, v = 2 * (1 - d$r) * (1 / d$n1 + 1 / d$n2) +
           g^2 / (2 * (d$n1 + d$n2)))
  },
  "change-pretest" = function(d) by_pretest(d, 1),
  "change-change" = function(d) by_change(d, 1))

halves <- function(d)
{
  out <- data.frame(a = d$events1, b = d$n1 - d$events1, c = d$events2,
                    d = d$n2 - d$events2)
  out + 0.5 * (apply(out, 1, min) == 0)
}
pooled_sd <- function(d)
  sqrt(((d$n1 - 1) * d$sd1^2 + (d$n2 - 1) * d$sd2^2) / (d$n1 + d$n2 - 2))
of_group <- function(d, name, group) d[[paste0(name, group)]]
by_pretest <- function(d, i)
{
  n <- of_group(d, "n", i)
  g <- unbiased(n - 1) * (of_group(d, "after", i) - of_group(d, "before", i)) /
    of_group(d, "sd_before", i)
  list(y = g, v = 2 * (1 - d$r) / n + g^2 / (2 * n))
}
by_change <- function(d, i)
{
  n <- of_group(d, "n", i)
  b <- of_group(d, "sd_before", i)
  a <- of_group(d, "sd_after", i)
  g <- unbiased(n - 1) * (of_group(d, "after", i) - of_group(d, "before", i)) /
    sqrt(a^2 + b^2 - 2 * d$r * a * b)
  list(y = g, v = 1 / n + g^2 / (2 * n))
}
minus <- function(a, b) list(y = a$y - b$y, v = a$v + b$v)

# The same from metafor's escalc where it has the effect
compare_effect <- function(name, d, mine)
{
  escalc <- metafor::escalc
  theirs <- with(d, switch(name,
    "log-odds-ratio" = escalc("OR", ai = events1, n1i = n1, ci = events2,
                              n2i = n2),
    "log-risk-ratio" = escalc("RR", ai = events1, n1i = n1, ci = events2,
                              n2i = n2),
    "risk-difference" = escalc("RD", ai = events1, n1i = n1, ci = events2,
                               n2i = n2),
    "mean-difference" = escalc("MD", m1i = mean1, m2i = mean2, sd1i = sd1,
                               sd2i = sd2, n1i = n1, n2i = n2),
    "mean-difference-pooled" = escalc("MD", m1i = mean1, m2i = mean2,
                                      sd1i = sd1, sd2i = sd2, n1i = n1,
                                      n2i = n2, vtype = "HO"),
    "smd" = escalc("SMD", m1i = mean1, m2i = mean2, sd1i = sd1, sd2i = sd2,
                   n1i = n1, n2i = n2),
    "change-pretest" = escalc("SMCR", m1i = after1, m2i = before1,
                              sd1i = sd_before1, ni = n1, ri = r),
    "change-change" = escalc("SMCC", m1i = after1, m2i = before1,
                             sd1i = sd_after1, sd2i = sd_before1, ni = n1,
                             ri = r)))
  if (!is.null(theirs))
    stopifnot(near(theirs$yi, mine$y), near(theirs$vi, mine$v))
}

effect_rows <- function(stem, name, input = "", change = identity)
{
  file <- paste0("meta_", stem, "_synthetic.csv")
  d <- read_text_csv(file)
  study <- d[[1]]
  d <- change(as.data.frame(lapply(d[-1], as.numeric)))
  mine <- EFFECTS[[name]](d)
  if (HAS_METAFOR)
    compare_effect(name, d, mine)
  rows <- study_rows(mine$y, mine$v, 0.95)
  rows$term <- study
  rows$n <- NA
  cbind(case = stem, data = file,
        options = paste0("--effect ", name,
                         if (input != "") paste0(" --input ", input)),
        endpoint = name, measure = "-", group = "-", rows,
        tolerance = TOLERANCE, stringsAsFactors = FALSE)
}

# As printed: ratios with intervals or variances, a study without, a name twice
printed_rows <- function()
{
  file <- "meta_printed_synthetic.csv"
  name <- c("Smith 2001", "Smith 2004", "Jones 2001", "Smith 2001 (2)")
  or <- c(0.62, 1.1, 0.5, 0.9)
  low <- c(0.4, 0.71, 0.2, 0.6)
  high <- c(0.96, 1.7, 1.25, 1.35)
  v <- c(0.05, 0.0496, 0.22, 0.043)
  one <- function(options, y, v)
  {
    rows <- rbind(study_rows(y, v, 0.95), fixed_rows(y, v, 0.95))
    rows$term[seq_along(y)] <- name
    rows$n[seq_along(y)] <- NA
    cbind(case = "printed", data = file,
          options = paste("--study trial,year --estimate or", options),
          endpoint = "or", measure = "-", group = "-", rows,
          tolerance = TOLERANCE, stringsAsFactors = FALSE)
  }
  width <- log(high) - log(low)
  rbind(one("--conf-low low --conf-high high --log", log(or),
            (width / (2 * qnorm(0.975)))^2),
        one("--conf-low low --conf-high high --conf-level 0.9 --log", log(or),
            (width / (2 * qnorm(0.95)))^2),
        one("--conf-low low --conf-high high", or,
            ((high - low) / (2 * qnorm(0.975)))^2),
        one("--variance variance --log", log(or), v))
}

all_effect_rows <- function()
{
  one <- "n=n1,before=before1,after=after1,sd_before=sd_before1"
  rbind(effect_rows("counts", "log-odds-ratio"),
        effect_rows("counts", "log-risk-ratio"),
        effect_rows("counts", "risk-difference"),
        effect_rows("means", "mean-difference"),
        effect_rows("means", "mean-difference-pooled"),
        effect_rows("means", "smd"),
        effect_rows("arms", "crossover-mean-difference"),
        effect_rows("arms", "crossover-smd"),
        effect_rows("arms", "crossover-smd", "r=0.25",
                    function(d) transform(d, r = 0.25)),
        effect_rows("changes", "change-pretest-difference"),
        effect_rows("changes", "change-change-difference"),
        effect_rows("changes", "change-pretest-pooled"),
        effect_rows("changes", "change-pretest", one),
        effect_rows("changes", "change-change",
                    paste0(one, ",sd_after=sd_after1")),
        printed_rows())
}

# ---- the file --------------------------------------------------------------

rows_of <- function(y, v, level, truncate)
{
  out <- fixed_rows(y, v, level)
  for (name in names(ESTIMATORS))
    for (hksj in c(FALSE, TRUE))
      out <- rbind(out, random_rows(name, y, v, level, hksj, truncate))
  k <- length(y)
  without <- lapply(seq_len(k), function(i) seq_len(k)[-i])
  rbind(out, egger_rows(y, v, level), egger_mixed_rows(y, v, level),
        rank_rows(y, v), study_rows(y, v, level),
        if (k > 1) series_rows("leave-one-out", y, v, level, without),
        series_rows("cumulative", y, v, level, lapply(seq_len(k), seq_len)))
}

CASES <- list(
  c("k1", "-"), c("k2", "-"), c("k3", "-"), c("k13", "-"),
  c("k13", "--level 0.9"), c("k13", "--hksj-truncate"),
  c("boundary", "--hksj-truncate"), c("k40", "-"), c("boundary", "-"),
  c("between", "-"), c("equal", "-"), c("same_se", "-"), c("offset", "-"),
  c("dominant", "-"), c("two_maxima", "-"))

case_rows <- function(stem, options)
{
  file <- paste0("meta_", stem, "_synthetic.csv")
  data <- read_text_csv(file)
  # differences in units first: 1e6 + 0.1 has lost digits as a double
  units <- decimals(data$estimate)
  centre <- stats::median(units$int)
  y0 <- centre / units$scale
  y <- (units$int - centre) / units$scale
  v <- as.numeric(data$std_error)^2
  level <- if (grepl("level", options)) 0.9 else 0.95
  rows <- rows_of(y, v, level, grepl("truncate", options))
  if (HAS_METAFOR && length(y) > 1 && options == "-")
    {
      message(stem)
      compare(rows, y, v, level)
    }
  # back to where the data are; a test against 0 then has to be made anew
  shift <- rows$term %in% c("pooled", "prediction", "limit") |
    rows$method %in% c("study", "leave-one-out", "cumulative")
  for (name in c("estimate", "conf_low", "conf_high"))
    rows[[name]][shift] <- rows[[name]][shift] + y0
  again <- shift & !is.na(rows$statistic)
  rows$statistic[again] <- rows$estimate[again] / rows$std_error[again]
  z <- -abs(rows$statistic[again])
  rows$p_value[again] <- 2 * ifelse(is.na(rows$df[again]), pnorm(z),
                                    pt(z, pmax(rows$df[again], 1, na.rm = TRUE)))
  rows$n[rows$method == "study"] <- NA
  offset <- stem == "offset"
  cbind(case = stem, data = file, options = options, endpoint = "estimate",
        measure = "-", group = "-", rows,
        tolerance = if (offset) 1e-7 else TOLERANCE, stringsAsFactors = FALSE)
}

head_lines <- function()
  c(paste0("source: other program: ", r_version(),
           ", base packages; compared with metafor ",
           if (HAS_METAFOR) as.character(packageVersion("metafor")) else "-"),
    "script: scripts/oracle/meta.R",
    "data: tests/oracle/data/, all synthetic",
    "command: recross meta DATA OPTIONS")

if (is_main())
  {
    make_data()
    make_effect_data()
    rows <- do.call(rbind, lapply(CASES, function(x) case_rows(x[1], x[2])))
    write_oracle(rows, file.path(OUT_DIR, "meta.tsv"), head_lines(), COLUMNS)
    write_oracle(all_effect_rows(), file.path(OUT_DIR, "meta_effects.tsv"),
                 head_lines(), COLUMNS)
  }
