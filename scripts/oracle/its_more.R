# Expected values for interrupted time series with calendar months, a control,
# and what the model expects without the interruptions (type its).
#
#   Rscript scripts/oracle/its_more.R        from the top folder
#
# writes tests/oracle/data/its_{month,course,control,panel,rates,alone}_synthetic.csv, the
# studies beside them and tests/oracle/its_more.tsv.  Needs the package
# sandwich (Debian: r-cran-sandwich).
#
# The models are lm and glm with R's own formulas.  Expectations come from
# predict (), also for the rows without interruptions; the variances of
# differences and ratios from the gradients that deriv () finds.  Box.test has
# the statistic of Ljung & Box.  With a control (group 0) the counterfactual
# keeps what changed in the control and leaves out group x interruption.
source("scripts/oracle/oracle_common.R")
suppressMessages(library(sandwich))

write_case <- function(case, comment, d, keys)
  write_study(case, comment, d, keys, "series", "trend", "its")

# glm stops when the deviance stands still, and its variances are those of the
# step before: Newton's method takes it on.  b, and v with the dispersion.
exact <- function(m)
{
  x <- model.matrix(m)
  b <- coef(m)
  for (step in 1:3)
    {
      mu <- exp(m$offset + drop(x %*% b))
      v <- solve(crossprod(x * sqrt(mu)))
      b <- b + drop(v %*% crossprod(x, m$y - mu))
    }
  if (m$family$family == "quasipoisson")
    v <- v * sum((m$y - mu)^2 / mu) / df.residual(m)
  list(b = b, v = v)
}

wald <- function(method, names, b, v, df, n, level = 0.95)
{
  q <- if (is.na(df)) qnorm((1 + level) / 2) else qt((1 + level) / 2, df)
  do.call(rbind, lapply(seq_along(names), function(i) {
    se <- sqrt(v[i, i])
    z <- b[[i]] / se
    p <- if (is.na(df)) 2 * pnorm(-abs(z)) else 2 * pt(-abs(z), df)
    result_row(method, names[i], n, b[[i]], se, NA, df, z, p,
               b[[i]] - q * se, b[[i]] + q * se)
  }))
}

# Rows of the method counterfactual: x and z are the rows of the model matrix
# with and without the interruptions, at the points t.
course <- function(x, z, t, y, first, at, b, v, df, n, log, level = 0.95)
{
  q <- if (is.na(df)) qnorm((1 + level) / 2) else qt((1 + level) / 2, df)
  rows <- NULL
  row <- function(what, i, ...)
    rows <<- rbind(rows, result_row("counterfactual", paste0(what, ":", t[i]),
                                    n, ...))
  expected <- function(what, i, w) {
    m <- sum(w * b)
    se <- sqrt(drop(t(w) %*% v %*% w))
    if (log)
      row(what, i, exp(m), exp(m) * se, NA, df, NA, NA, exp(m - q * se),
          exp(m + q * se))
    else
      row(what, i, m, se, NA, df, NA, NA, m - q * se, m + q * se)
  }
  # variance of a function of the two linear predictors
  both <- function(i, f) {
    w <- rbind(x[i, ], z[i, ])
    s <- w %*% v %*% t(w)
    u <- sum(x[i, ] * b)
    o <- sum(z[i, ] * b)
    e <- eval(deriv(f, c("u", "o")))
    g <- drop(attr(e, "gradient"))
    c(e[1], sqrt(max(0, drop(t(g) %*% s %*% g))))
  }
  for (i in seq_along(t))
    {
      row("observed", i, y[i])
      expected("fitted", i, x[i, ])
      if (t[i] < first)
        next
      expected("counterfactual", i, z[i, ])
      if (!(t[i] %in% at))
        next
      e <- both(i, if (log) quote(exp(u) - exp(o)) else quote(u - o))
      row("effect", i, e[1], e[2], NA, df, NA, NA, e[1] - q * e[2],
          e[1] + q * e[2])
      r <- both(i, if (log) quote(100 * (exp(u - o) - 1))
                else quote(100 * (u / o - 1)))
      if (log)
        {
          l <- both(i, quote(u - o))
          row("relative-effect", i, r[1], r[2], NA, df, NA, NA,
              100 * (exp(l[1] - q * l[2]) - 1),
              100 * (exp(l[1] + q * l[2]) - 1))
        }
      else
        row("relative-effect", i, r[1], r[2], NA, df, NA, NA,
            r[1] - q * r[2], r[1] + q * r[2])
    }
  rows
}

ljung <- function(m, lags, n)
{
  e <- residuals(m)
  r <- acf(e, lag.max = lags, plot = FALSE, demean = FALSE)$acf[-1]
  test <- Box.test(e, lags, "Ljung-Box")
  rbind(do.call(rbind, lapply(seq_len(lags), function(k)
          result_row("ljung-box", paste("acf", k), n, r[k]))),
        result_row("ljung-box", "ljung-box", n, NA, NA, lags, NA,
                   unname(test$statistic), test$p.value))
}

main <- function()
{
  all <- NULL
  add <- function(case, endpoint, rows)
    all <<- rbind(all, cbind(case = case,
                             data = paste0(case, "_synthetic.csv"),
                             options = paste0(case, ".yaml"),
                             endpoint = endpoint, measure = "-", group = "-",
                             rows, tolerance = TOLERANCE))
  tight <- list(epsilon = 1e-15, maxit = 100)
  set.seed(20260207)

  # --- calendar months, counts with a population, the rule's model
  n <- 62
  t <- 1:n
  year <- 2009 + (t + 1) %/% 12
  month <- (t + 1) %% 12 + 1
  people <- round(20000 + 60 * t + rnorm(n, 0, 200))
  cases <- rnbinom(n, 40, mu = people / 1000 * exp(1 + 0.004 * t
                   + 0.3 * cos(month / 6 * pi) - 0.25 * (t >= 40)))
  d <- data.frame(month = sprintf("%d-%02d", year, month), cases, people)
  write_case("its_month", "62 months, counts in a population", d,
             c("columns: {time: month, value: cases, population: people}",
               "per: 1000", "season: month",
               paste0("interruptions: [", d$month[40], "]"),
               paste0("effects: [40, ", d$month[50], "]"),
               "methods: [segmented-quasipoisson, ljung-box, counterfactual]"))
  level <- as.numeric(t >= 40)
  slope <- pmax(0, t - 40)
  f <- factor(month)
  m <- glm(cases ~ t + level + slope + f + offset(log(people / 1000)),
           quasipoisson, control = tight)
  e <- exact(m)
  names <- c("intercept", "trend", "level-change", "trend-change",
             paste("month", 2:12))
  df <- df.residual(m)
  x <- model.matrix(m)
  z <- x
  z[, c("level", "slope")] <- 0
  ols <- lm(1000 * cases / people ~ t + level + slope + f)
  add("its_month", "cases",
      rbind(wald("segmented-quasipoisson", names, e$b, e$v, df, n),
            ljung(ols, 12, n),
            course(x, z, t, 1000 * cases / people, 40, c(40, 50), e$b,
                   e$v, df, n, TRUE)))

  # --- one series, Newey-West, a level of its own, the last point
  n <- 48
  t <- 1:n
  y <- round(50 + 0.3 * t + arima.sim(list(ar = 0.4), n) * 3
             - 6 * (t >= 30) - 0.5 * pmax(0, t - 30), 2)
  write_case("its_course", "48 points, errors of first order",
             data.frame(time = t, y = y),
             c("columns: {value: y}", "interruptions: [30]", "lag: 4",
               "model: segmented-newey-west", "level: 0.9",
               "methods: [ljung-box, counterfactual]"))
  level <- as.numeric(t >= 30)
  slope <- pmax(0, t - 30)
  m <- lm(y ~ t + level + slope)
  x <- model.matrix(m)
  z <- x
  z[, c("level", "slope")] <- 0
  v <- NeweyWest(m, lag = 4, prewhite = FALSE, adjust = TRUE)
  add("its_course", "y",
      rbind(ljung(m, 4, n),
            course(x, z, t, y, 30, n, coef(m), v, df.residual(m), n, FALSE,
                   0.9)))

  # --- a control, two interruptions, a point of the control missing
  n <- 40
  t <- 1:n
  y <- round(30 + 0.2 * t - 4 * (t >= 20) + rnorm(n, 0, 1.5), 3)
  other <- round(25 + 0.1 * t - 1 * (t >= 20) + rnorm(n, 0, 1.5), 3)
  other[7] <- NA
  write_case("its_control", "40 points of a series and of its control",
             data.frame(time = t, y = y, other = other),
             c("columns: {value: y, control: other}",
               "interruptions: [20, 31]", "model: segmented-hc3",
               "season: {period: 12, pairs: 1}", "effects: [25, 40]",
               paste0("methods: [segmented-ols, segmented-newey-west, ",
                      "segmented-hc3, counterfactual]")))
  l <- data.frame(y = c(y, other), t = c(t, t), g = rep(1:0, each = n))
  l <- l[!is.na(l$y), ]
  l$l1 <- as.numeric(l$t >= 20)
  l$s1 <- pmax(0, l$t - 20)
  l$l2 <- as.numeric(l$t >= 31)
  l$s2 <- pmax(0, l$t - 31)
  l$sin <- sin(2 * pi * l$t / 12)
  l$cos <- cos(2 * pi * l$t / 12)
  m <- lm(y ~ t + l1 + s1 + l2 + s2 + g + I(g * t) + I(g * l1) + I(g * s1)
          + I(g * l2) + I(g * s2) + sin + cos, l)
  steps <- c("level-change", "trend-change", "level-change 2",
             "trend-change 2")
  names <- c("intercept", "trend", steps, "group", "group:trend",
             paste0("group:", steps), "sin 1", "cos 1")
  x <- model.matrix(m)
  z <- x
  z[, c("I(g * l1)", "I(g * s1)", "I(g * l2)", "I(g * s2)")] <- 0
  own <- l$g == 1
  nw <- wald("segmented-newey-west", names, coef(m), vcov(m), df.residual(m),
             nrow(l))
  nw[c("std_error", "df", "statistic", "p_value", "conf_low",
       "conf_high")] <- NA
  df <- df.residual(m)
  add("its_control", "y",
      rbind(wald("segmented-ols", names, coef(m), vcov(m), df, nrow(l)), nw,
            wald("segmented-hc3", names, coef(m), vcovHC(m, "HC3"), df, nrow(l)),
            course(x[own, ], z[own, ], t, y, 20, c(25, 40), coef(m),
                   vcovHC(m, "HC3"), df, nrow(l), FALSE)))

  # --- a control and Newey-West: products of neighbours within each series
  n <- 30
  t <- 1:n
  y <- round(12 + 0.1 * t + 3 * (t >= 16) + arima.sim(list(ar = 0.5), n), 3)
  other <- round(11 + 0.1 * t + arima.sim(list(ar = 0.5), n), 3)
  write_case("its_panel", "30 points of a series and of its control",
             data.frame(time = t, y = y, other = other),
             c("columns: {value: y, control: other}", "interruptions: [16]",
               "lag: 3", "methods: [segmented-newey-west, counterfactual]"))
  l <- data.frame(y = c(y, other), t = c(t, t), g = rep(1:0, each = n))
  l$l1 <- as.numeric(l$t >= 16)
  l$s1 <- pmax(0, l$t - 16)
  m <- lm(y ~ t + l1 + s1 + g + I(g * t) + I(g * l1) + I(g * s1), l)
  x <- model.matrix(m)
  u <- x * residuals(m)
  meat <- crossprod(u)
  for (part in list(1:n, n + 1:n))
    for (j in 1:3)
      {
        cross <- crossprod(u[part[-seq_len(j)], ], u[head(part, -j), ])
        meat <- meat + (1 - j / 4) * (cross + t(cross))
      }
  bread <- chol2inv(qr.R(m$qr))
  v <- bread %*% meat %*% bread * 2 * n / df.residual(m)
  z <- x
  z[, c("I(g * l1)", "I(g * s1)")] <- 0
  own <- l$g == 1
  names <- c("intercept", "trend", "level-change", "trend-change", "group",
             "group:trend", "group:level-change", "group:trend-change")
  add("its_panel", "y",
      rbind(wald("segmented-newey-west", names, coef(m), v, df.residual(m), 2 * n),
            course(x[own, ], z[own, ], t, y, 16, n, coef(m), v,
                   df.residual(m), 2 * n, FALSE)))

  # --- a control in a population of its own, Poisson
  n <- 36
  t <- 1:n
  people <- round(5000 + 20 * t)
  there <- round(8000 - 10 * t)
  y <- rpois(n, people / 100 * exp(-0.2 + 0.01 * t - 0.4 * (t >= 19)))
  other <- rpois(n, there / 100 * exp(-0.4 + 0.01 * t))
  write_case("its_rates", "counts in two populations, one interrupted",
             data.frame(time = t, y, people, other, there),
             c(paste0("columns: {value: y, population: people, ",
                      "control: other, control_population: there}"),
               "interruptions: [19]", "per: 100", "trend_change: false",
               "model: segmented-poisson",
               "methods: [segmented-poisson, counterfactual]"))
  l <- data.frame(y = c(y, other), t = c(t, t), g = rep(1:0, each = n),
                  pop = c(people, there))
  l$step <- as.numeric(l$t >= 19)
  m <- glm(y ~ t + step + g + I(g * t) + I(g * step) + offset(log(pop / 100)),
           poisson, l, control = tight)
  e <- exact(m)
  x <- model.matrix(m)
  z <- x
  z[, "I(g * step)"] <- 0
  own <- l$g == 1
  names <- c("intercept", "trend", "level-change", "group", "group:trend",
             "group:level-change")
  add("its_rates", "y",
      rbind(wald("segmented-poisson", names, e$b, e$v, NA, 2 * n),
            course(x[own, ], z[own, ], t, 100 * y / people, 19, n, e$b,
                   e$v, NA, 2 * n, TRUE)))

  # --- the point after the interruption is the only one of its month: level and
  # month cannot be told apart, so there is no counterfactual
  y <- round(20 + rnorm(24, 0, 2), 2)
  d <- data.frame(month = sprintf("%d-%02d", rep(2010:2011, each = 12), 1:12),
                  y)[-12, ]
  write_case("its_alone", "23 months, one December", d,
             c("columns: {time: month, value: y}", "season: month",
               "interruptions: [2011-12]", "model: segmented-ols",
               "methods: [counterfactual]"))
  t <- setdiff(1:24, 12)
  f <- factor(rep(1:12, 2)[-12])
  level <- as.numeric(t >= 24)
  slope <- pmax(0, t - 24)
  m <- lm(d$y ~ t + level + slope + f)
  x <- model.matrix(m)
  b <- coef(m)
  stopifnot(sum(is.na(b)) == 2)
  v <- matrix(0, length(b), length(b))
  v[!is.na(b), !is.na(b)] <- vcov(m, complete = FALSE)
  b[is.na(b)] <- 0
  # no counterfactual: the last point is as if it were before the interruption
  add("its_alone", "y",
      rbind(course(x, x, t, d$y, 25, NULL, b, v, df.residual(m), 23, FALSE),
            do.call(rbind, lapply(c("counterfactual:24", "effect:24",
                                    "relative-effect:24"), function(term)
              result_row("counterfactual", term, 23)))))

  write_oracle(all, file.path(OUT_DIR, "its_more.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", sandwich ", packageVersion("sandwich")),
                 "script: scripts/oracle/its_more.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
