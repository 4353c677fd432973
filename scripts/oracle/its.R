# Expected values for interrupted time series (type its of a study file).
#
#   Rscript scripts/oracle/its.R        from the top folder
#
# writes tests/oracle/data/its_*_synthetic.csv, the studies its_*.yaml beside
# them and tests/oracle/its.tsv.  Needs the packages sandwich and lmtest
# (Debian: r-cran-sandwich r-cran-lmtest).
#
# The model: with t = 1..n the number of the point and T_j the first point of
# interruption j,
#   mean = intercept + trend t + sum_j level_j [t >= T_j]
#                              + trend_j max (0, t - T_j)
# plus, when asked for, sin and cos of 2 pi k t / period.
#   segmented-ols             lm, confint
#   segmented-newey-west      sandwich::NeweyWest, Bartlett, the given lag, no
#                             prewhitening, times n / (n - k); t with n - k
#   segmented-hc3             sandwich::vcovHC, HC3
#   segmented-prais-winsten   written out below, iterated to 1e-13
#   segmented-poisson,        glm, log link, offset log (population / per);
#   segmented-quasipoisson    Wald tests: normal, and t with the dispersion
#                             of Pearson's chi-squared
#   durbin-watson             lmtest::dwtest, exact (Pan), one-sided
# A gap (a point without a value) keeps its number; what needs neighbours
# (Newey-West, Prais-Winsten, Durbin-Watson) then has no test.
source("scripts/oracle/oracle_common.R")
suppressMessages({ library(lmtest); library(sandwich) })

write_data <- function(name, comment, d)
{
  con <- file(file.path(DATA_DIR, name), "wb")
  on.exit(close(con))
  writeLines(c(paste("# synthetic:", comment), paste(names(d), collapse = ","),
               do.call(paste, c(unname(d), sep = ","))), con, sep = "\n")
}

write_study <- function(case, data, keys)
{
  con <- file(file.path(DATA_DIR, paste0(case, ".yaml")), "wb")
  on.exit(close(con))
  writeLines(c("recross: 1", paste("study:", case), "data:",
               paste0("  - {name: series, file: ", data, "}"), "analyses:",
               "  - name: trend", "    type: its", "    data: series",
               paste0("    ", keys)), con, sep = "\n")
}

# --- the methods

columns_of <- function(t, first, slope, season)
{
  x <- list(intercept = rep(1, length(t)), trend = t)
  for (j in seq_along(first))
    {
      tag <- if (j == 1) "" else paste0(" ", j)
      x[[paste0("level-change", tag)]] <- as.numeric(t >= first[j])
      if (slope)
        x[[paste0("trend-change", tag)]] <- pmax(0, t - first[j])
    }
  for (k in seq_len(if (is.null(season)) 0 else season[2]))
    {
      x[[paste("sin", k)]] <- sin(2 * pi * k * t / season[1])
      x[[paste("cos", k)]] <- cos(2 * pi * k * t / season[1])
    }
  do.call(cbind, x)
}

# Rows of all terms; aliased ones have NA in everything but n.
wald_rows <- function(method, x, b, se, n, df, level, normal = FALSE)
{
  q <- if (normal) qnorm((1 + level) / 2) else qt((1 + level) / 2, df)
  do.call(rbind, lapply(colnames(x), function(term) {
    e <- unname(b[term])
    s <- if (is.na(e)) NA else unname(se[term])
    if (is.na(e))
      return(result_row(method, term, n))
    if (is.na(s))
      return(result_row(method, term, n, e))
    z <- e / s
    p <- if (normal) 2 * pnorm(-abs(z)) else 2 * pt(-abs(z), df)
    result_row(method, term, n, e, s, NA, if (normal) NA else df, z, p,
               e - q * s, e + q * s)
  }))
}

prais_winsten <- function(x, y)
{
  rho <- 0
  for (i in 1:1000)
    {
      n <- length(y)
      scale <- sqrt(1 - rho^2)
      xs <- rbind(scale * x[1, ], x[-1, ] - rho * x[-n, ])
      ys <- c(scale * y[1], y[-1] - rho * y[-n])
      m <- lm(ys ~ 0 + xs)
      b <- setNames(coef(m), colnames(x))
      e <- y - drop(x %*% b)
      new <- sum(e[-1] * e[-n]) / sum(e[-n]^2)
      if (abs(new - rho) < 1e-14)
        break
      rho <- new
    }
  stopifnot(i < 1000)
  s <- setNames(sqrt(diag(vcov(m))), colnames(x))
  list(b = b, se = s, rho = new)
}

no_test <- function(rows)
{
  rows[c("std_error", "df", "statistic", "p_value", "conf_low",
         "conf_high")] <- NA
  rows
}

rows_of <- function(t, y, first, lag, slope = TRUE, season = NULL, pop = NULL,
                    per = 1, level = 0.95, counts = FALSE, hc3 = TRUE)
{
  seen <- !is.na(y)
  gap <- !all(seen) || any(diff(t) != 1)
  t <- t[seen]
  y <- y[seen]
  pop <- if (is.null(pop)) NULL else pop[seen]
  x <- columns_of(t, first, slope, season)
  n <- length(t)
  rate <- if (is.null(pop)) y else per * y / pop
  m <- lm(rate ~ 0 + x)
  b <- setNames(coef(m), colnames(x))
  df <- m$df.residual
  fine <- x[, !is.na(b), drop = FALSE]
  m <- lm(rate ~ 0 + fine)
  named <- function(v) setNames(sqrt(diag(v)), colnames(fine))
  out <- wald_rows("segmented-ols", x, b, named(vcov(m)), n, df, level)
  nw <- wald_rows("segmented-newey-west", x, b,
                  named(NeweyWest(m, lag = lag, prewhite = FALSE,
                                  adjust = TRUE)), n, df, level)
  out <- rbind(out, if (gap) no_test(nw) else nw)
  h <- hatvalues(m)
  h3 <- wald_rows("segmented-hc3", x, b,
                  named(if (any(h > 1 - 1e-10)) NA * vcov(m) else
                          vcovHC(m, type = "HC3")), n, df, level)
  out <- rbind(out, h3)
  if (!gap)
    {
      pw <- prais_winsten(fine, rate)
      out <- rbind(out, result_row("segmented-prais-winsten", "rho", n,
                                   pw$rho),
                   wald_rows("segmented-prais-winsten", x,
                             ifelse(is.na(b), NA, pw$b[colnames(x)]), pw$se, n,
                             df, level))
      dw <- dwtest(rate ~ 0 + fine, exact = TRUE, iterations = 40)
      out <- rbind(out, result_row("durbin-watson", "dw", n,
                                   statistic = dw$statistic,
                                   p_value = dw$p.value))
    }
  else
    out <- rbind(out, result_row("segmented-prais-winsten", "rho", n),
                 do.call(rbind, lapply(colnames(x), function(term)
                   result_row("segmented-prais-winsten", term, n))),
                 result_row("durbin-watson", "dw", n))
  if (!counts)
    return(out)
  off <- if (is.null(pop)) rep(0, n) else log(pop / per)
  tight <- glm.control(epsilon = 1e-15, maxit = 100)
  po <- suppressWarnings(glm(y ~ 0 + fine, poisson, offset = off,
                             control = tight))
  dispersion <- sum(residuals(po, "pearson")^2) / df
  se <- named(summary(po, dispersion = 1)$cov.scaled)
  b <- ifelse(is.na(b), NA, setNames(coef(po), colnames(fine))[colnames(x)])
  names(b) <- colnames(x)
  rbind(out, wald_rows("segmented-poisson", x, b, se, n, df, level, TRUE),
        result_row("segmented-poisson", "deviance", n, deviance(po), df = df),
        result_row("segmented-poisson", "dispersion", n, dispersion, df = df),
        wald_rows("segmented-quasipoisson", x, b, se * sqrt(dispersion), n, df,
                  level))
}

# --- the cases

add <- function(all, case, data, endpoint, rows, tolerance = TOLERANCE)
  rbind(all, cbind(case = case, data = data, options = paste0(case, ".yaml"),
                   endpoint = endpoint, measure = "-", group = "-", rows,
                   tolerance = tolerance))

main <- function()
{
  set.seed(20260101)
  all <- NULL
  methods <- "methods: [segmented-ols, segmented-newey-west, segmented-hc3, segmented-prais-winsten, durbin-watson]"
  counted <- sub("durbin-watson", "segmented-poisson, segmented-quasipoisson, durbin-watson", methods)

  # one interruption, correlated noise
  n <- 48
  e <- as.numeric(arima.sim(list(ar = 0.5), n, sd = 4))
  t <- 1:n
  y <- round(100 + 0.7 * t - 12 * (t >= 25) - 0.9 * pmax(0, t - 25) + e, 2)
  data <- "its_one_synthetic.csv"
  write_data(data, "one interruption at point 25, noise AR(1) 0.5",
             data.frame(month = t, y = sprintf("%.2f", y)))
  keys <- c("columns: {time: month, value: y}", "interruptions: [25]")
  write_study("its_one", data, c(keys, "lag: 3", methods))
  all <- add(all, "its_one", data, "y", rows_of(t, y, 25, 3))
  # the same without a change of the trend, no lag, another level
  write_study("its_level_only", data,
              c(keys, "lag: 0", "trend_change: false", "level: 0.9", methods))
  all <- add(all, "its_level_only", data, "y",
             rows_of(t, y, 25, 0, slope = FALSE, level = 0.9))

  # two interruptions, months as text, rows in random order, default lag
  n <- 60
  t <- 1:n
  y <- round(50 - 0.2 * t + 6 * (t >= 21) + 0.5 * pmax(0, t - 21)
             - 9 * (t >= 41) - 0.3 * pmax(0, t - 41)
             + as.numeric(arima.sim(list(ar = 0.7), n, sd = 2)), 1)
  label <- format(seq(as.Date("2010-11-01"), by = "month", length.out = n),
                  "%Y-%m")
  data <- "its_two_synthetic.csv"
  mix <- sample(n)
  write_data(data, "two interruptions, rows in random order",
             data.frame(month = label, y = sprintf("%.1f", y))[mix, ])
  write_study("its_two", data,
              c("columns: {time: month, value: y}", "interruptions: [21, 41]",
                methods))
  all <- add(all, "its_two", data, "y",
             rows_of(t, y, c(21, 41), floor(4 * (n / 100)^(2 / 9))))

  # counts with a population and a season, dates
  n <- 72
  t <- 1:n
  pop <- round(52000 + 90 * t + rnorm(n, 0, 40))
  mu <- pop / 1000 * exp(0.4 + 0.004 * t - 0.15 * (t >= 40)
                         - 0.006 * pmax(0, t - 40) + 0.1 * sin(2 * pi * t / 12)
                         - 0.05 * cos(4 * pi * t / 12))
  y <- rnbinom(n, mu = mu, size = 60)
  label <- format(seq(as.Date("2008-01-31") + 1, by = "month", length.out = n))
  data <- "its_counts_synthetic.csv"
  write_data(data, "overdispersed monthly counts with a season",
             data.frame(date = label, cases = y, people = pop))
  keys <- c("columns: {time: date, value: cases, population: people}",
            "interruptions: [40]", "lag: 5", counted)
  write_study("its_counts", data, c(keys, "per: 1000"))
  all <- add(all, "its_counts", data, "cases",
             rows_of(t, y, 40, 5, pop = pop, per = 1000, counts = TRUE))
  write_study("its_season", data, c(keys, "season: {period: 12, pairs: 2}"))
  all <- add(all, "its_season", data, "cases",
             rows_of(t, y, 40, 5, pop = pop, season = c(12, 2), counts = TRUE))

  # a value and a row are missing
  n <- 30
  t <- 1:n
  y <- round(20 + 0.1 * t + 3 * (t >= 16) + rnorm(n), 2)
  y[7] <- NA
  data <- "its_gap_synthetic.csv"
  write_data(data, "point 7 has no value, point 22 has no row",
             data.frame(week = 10 * t,
                        y = ifelse(is.na(y), "NA", sprintf("%.2f", y)))[-22, ])
  write_study("its_gap", data,
              c("columns: {time: week, value: y}", "interruptions: [16]",
                "lag: 2", methods))
  y[22] <- NA
  all <- add(all, "its_gap", data, "y", rows_of(t, y, 16, 2))

  # the last point is the only one after: no change of the trend to be had
  y <- c(3, 5, 4, 7, 6, 8, 9, 15)
  data <- "its_edge_synthetic.csv"
  write_data(data, "interrupted at the last point",
             data.frame(time = 1:8, value = y))
  write_study("its_edge", data, c("interruptions: [8]", "lag: 1", methods))
  all <- add(all, "its_edge", data, "value", rows_of(1:8, y, 8, 1))

  write_oracle(all, file.path(OUT_DIR, "its.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", packages sandwich ", packageVersion("sandwich"),
                        " and lmtest ", packageVersion("lmtest")),
                 "script: scripts/oracle/its.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
