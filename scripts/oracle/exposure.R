# Drug exposure from dispensings: CMA 1 to 9 by simulation day by day, treatment
# episodes by the same, Kaplan-Meier by survival, waiting times by optim on the
# likelihood, switching, prevalence, incidence, use.  Run from the top folder:
#
#   Rscript scripts/oracle/exposure.R
#
# The persons are made up by a generator with a fixed seed.
source("scripts/oracle/oracle_common.R")
suppressMessages(library(survival))

day <- function(text) as.integer(as.Date(text))
iso <- function(d) format(as.Date(d, origin = "1970-01-01"), "%Y-%m-%d")

# --- simulation, one day after the other ------------------------------------

# Supply is a heap of doses: a dispensing adds its own, each day takes one
# day's dose away, and a new dose per day changes how fast.  Without dose
# changes a dose is a day.  Returns for each day of from, ..., to - 1 the part
# of it that is covered (`cover`) and the part covered by supply that came
# before day `old` (`rest`), and for each dispensing the days' supply there is
# once it has come (`there`).
simulate <- function(e, from, to, old, same_drug, dose_change)
{
  dose <- if (dose_change) e$dose else rep(1, nrow(e))
  days <- seq(from, to - 1)
  cover <- rest <- numeric(length(days))
  there <- numeric(nrow(e))
  heap <- before <- 0
  rate <- 1
  drug <- NA
  for (t in days)
    {
      for (i in which(e$date == t))
        {
          if (same_drug && !identical(drug, e$drug[i]))
            heap <- before <- 0
          heap <- heap + e$days[i] * dose[i]
          if (t < old)
            before <- heap
          rate <- dose[i]
          drug <- e$drug[i]
          there[i] <- heap / rate
        }
      taken <- min(rate, heap)
      from_before <- min(taken, before)
      heap <- heap - taken
      before <- before - from_before
      cover[t - from + 1] <- taken / rate
      rest[t - from + 1] <- from_before / rate
    }
  list(cover = setNames(cover, days), rest = setNames(rest, days),
       there = there)
}

sum_of <- function(x, from, to)
  sum(x[as.integer(names(x)) >= from & as.integer(names(x)) < to])

# CMA 1 to 9 of one person's dispensings.  The doses that a change of dose
# leaves over at the end of a day are parts of a day, as in recross.
cma <- function(e, follow_delay, follow_days, delay, days, same_drug = FALSE,
                dose_change = FALSE)
{
  e <- e[order(e$date), ]
  fs <- e$date[1] + follow_delay
  fe <- fs + follow_days
  from <- fs + delay
  to <- from + days
  r <- rep(NA_real_, 9)
  f <- e[e$date >= fs & e$date <= fe, ]
  w <- f[f$date >= from & f$date <= to, ]
  n <- nrow(w)
  run <- function(e, a, b)
    sum(simulate(e, a, b, a, same_drug, dose_change)$cover)
  if (n >= 2 && w$date[n] > w$date[1])
    {
      length <- w$date[n] - w$date[1]
      r[1] <- sum(w$days[-n]) / length
      r[5] <- run(w[-n, ], w$date[1], w$date[n]) / length
    }
  if (n >= 1 && to > w$date[1])
    {
      length <- to - w$date[1]
      r[2] <- sum(w$days) / length
      r[6] <- run(w, w$date[1], to) / length
    }
  r[3:4] <- pmin(r[1:2], 1)
  if (nrow(f) > 0 && f$date[1] <= to)
    {
      s <- simulate(f, min(f$date[1], from), fe + 4000, from, same_drug,
                    dose_change)
      covered <- sum_of(s$cover, from, to)
      lag <- sum_of(s$rest, from, fe + 4000)
      r[7] <- covered / days
      if (lag < days)
        r[8] <- (covered - lag) / (days - lag)
      until <- c(f$date[-1], fe)
      ratio <- pmin(1, s$there / (until - f$date))
      inside <- pmax(0, pmin(until, to) - pmax(f$date, from))
      r[9] <- sum((ratio * inside)[inside > 0]) / days
    }
  r
}

# --- what the methods report -------------------------------------------------

mean_rows <- function(method, name, x, level = 0.95)
{
  pre <- if (is.null(name)) "" else paste0(name, "-")
  n <- length(x)
  q <- qt((1 + level) / 2, n - 1)
  m <- mean(x)
  se <- sd(x) / sqrt(n)
  rbind(result_row(method, paste0(pre, "mean"), n, m, se, conf_low = m - q * se,
                   conf_high = m + q * se),
        result_row(method, paste0(pre, "sd"), n, sd(x)),
        result_row(method, paste0(pre, "median"), n, median(x)))
}

share_row <- function(method, term, yes, n, level = 0.95)
{
  ci <- suppressWarnings(prop.test(yes, n, conf.level = level,
                                   correct = FALSE)$conf.int)
  result_row(method, term, n, yes / n, conf_low = ci[1], conf_high = ci[2])
}

cma_rows <- function(d, ...)
{
  persons <- sort(unique(d$person))
  v <- t(sapply(persons, function(p) cma(d[d$person == p, ], ...)))
  rows <- NULL
  for (k in 1:9)
    {
      method <- paste0("cma", k)
      x <- v[!is.na(v[, k]), k]
      rows <- rbind(rows,
                    do.call(rbind, lapply(seq_along(persons), function(i)
                      result_row(method, paste("person", persons[i]), 1,
                                 v[i, k]))),
                    mean_rows(method, NULL, x),
                    share_row(method, "adherent", sum(x >= 0.8), length(x)))
    }
  rows
}

# Episodes of one person, by walking through the days: the first day without
# supply after each dispensing, then gaps longer than allowed.
# A later dispensing never takes away from supply that is there, except by a
# higher dose of the same drug.
episodes <- function(e, end, gap, percent = 0, most = Inf, same = FALSE,
                     change = FALSE)
{
  e <- e[order(e$date), ]
  out <- NULL
  start <- e$date[1]
  empty <- start
  for (i in seq_len(nrow(e)))
    {
      rest <- max(0, empty - e$date[i])
      other <- i > 1 && same && e$drug[i] != e$drug[i - 1]
      if (i > 1 && change && !other)
        rest <- rest * e$dose[i - 1] / e$dose[i]
      carried <- if (other) 0 else min(most, rest)
      empty <- e$date[i] + max(rest, carried + e$days[i])
      nxt <- if (i < nrow(e)) e$date[i + 1] else end
      allowed <- gap + percent / 100 * e$days[i]
      if (nxt - empty > allowed || i == nrow(e))
        {
          out <- rbind(out, data.frame(start, end = empty, allowed,
                                       stopped = nxt - empty > allowed))
          start <- nxt
          empty <- nxt
        }
    }
  out
}

episode_rows <- function(d, from, to, washout = 0, at = NULL, level = 0.95, ...)
{
  end <- to + 1
  first <- tapply(d$date, d$person, min)
  persons <- sort(unique(d$person))
  persons <- persons[first[as.character(persons)] - from >= washout]
  all <- lapply(persons, function(p) episodes(d[d$person == p, ], end, ...))
  k <- sapply(all, nrow) - 1
  m <- "treatment-episodes"
  lengths <- unlist(lapply(all, function(e) (e$end - e$start)[e$stopped]))
  rows <- rbind(result_row(m, "persons", length(first), length(persons)),
                result_row(m, "episodes", length(persons), sum(k + 1)),
                share_row(m, "restarted", sum(k > 0), length(k), level))
  for (i in 0:5)
    rows <- rbind(rows, result_row(m, paste0("restarts ", i,
                                             if (i == 5) "+" else ""),
                                   length(k),
                                   sum(if (i == 5) k >= 5 else k == i)))
  rows <- rbind(rows, mean_rows(m, "length", lengths, level))
  one <- do.call(rbind, lapply(all, function(e) e[1, ]))
  time <- ifelse(one$stopped, one$end, end - one$allowed) - one$start
  keep <- one$stopped | time > 0
  for (type in c("log-log", "plain"))
    {
      m <- if (type == "plain") "persistence-greenwood" else "persistence"
      s <- survfit(Surv(time[keep], one$stopped[keep]) ~ 1, conf.type = type,
                   conf.int = level)
      ev <- which(s$n.event > 0)
      rows <- rbind(rows, result_row(m, "stopped", sum(keep),
                                     sum(one$stopped[keep])))
      for (i in ev)
        rows <- rbind(rows, result_row(m, paste("day", number(s$time[i])),
                                       s$n.risk[i], s$surv[i],
                                       s$std.err[i] * s$surv[i],
                                       conf_low = s$lower[i],
                                       conf_high = s$upper[i]))
      for (a in at)
        {
          x <- summary(s, times = a)
          rows <- rbind(rows, result_row(m, paste("at", a), sum(keep), x$surv,
                                         x$std.err, conf_low = x$lower,
                                         conf_high = x$upper))
        }
      q <- quantile(s, 0.5)
      rows <- rbind(rows, result_row(m, "median", sum(keep), q$quantile,
                                     conf_low = q$lower, conf_high = q$upper))
    }
  rows
}

# Waiting times: log h (t) = log (p S (t) / mean + (1 - p) / width), p the
# logistic function of u; derivatives by R's own rules (deriv3).
families <- list(
  exponential = list(
    par = "log-rate",
    h = quote(log(exp(a - exp(a) * t) / (1 + exp(-u)) +
                    1 / (1 + exp(u)) / width)),
    q = quote(log(-log(1 - p)) - a),
    start = function(x) c(a = -log(x))),
  lognormal = list(
    par = c("mu", "log-sigma"),
    h = quote(log(pnorm(-(log(t) - a) / exp(b)) *
                    exp(-a - exp(2 * b) / 2) / (1 + exp(-u)) +
                    1 / (1 + exp(u)) / width)),
    q = quote(a + z * exp(b)),
    start = function(x) c(a = log(x), b = log(0.5))),
  weibull = list(
    par = c("log-shape", "log-rate"),
    h = quote(log(exp(-(exp(b) * t)^exp(a)) * exp(b) / gamma(1 + exp(-a)) /
                    (1 + exp(-u)) + 1 / (1 + exp(u)) / width)),
    q = quote(log(-log(1 - p)) / exp(a) - b),
    start = function(x) c(a = log(1.3), b = -log(x))))

waiting_rows <- function(d, from, to, reverse = FALSE, level = 0.95)
{
  width <- to - from + 1
  w <- d[d$date >= from & d$date <= to, ]
  t <- if (reverse) to - tapply(w$date, w$person, max) + 0.5 else
    tapply(w$date, w$person, min) - from + 0.5
  t <- as.numeric(t)
  n <- length(t)
  rows <- NULL
  k <- qnorm((1 + level) / 2)
  for (name in names(families))
    {
      f <- families[[name]]
      vars <- c("u", names(f$start(1)))
      slopes <- deriv3(f$h, vars)
      at <- function(x)
        eval(slopes, c(as.list(setNames(x, vars)), list(t = t, width = width)))
      loglik <- function(x)
        sum(eval(f$h, c(as.list(setNames(x, vars)), list(t = t,
                                                         width = width))))
      best <- NULL
      for (p in c(-1, 0, 1, 2))
        for (x in c(0.1, 0.2, 0.4))
          {
            o <- suppressWarnings(optim(c(p, f$start(x * width)), loglik,
                                        method = "Nelder-Mead",
                                        control = list(fnscale = -1,
                                                       maxit = 5000,
                                                       reltol = 1e-12)))
            if (is.null(best) || o$value > best$value)
              best <- o
          }
      x <- best$par
      for (i in 1:8) # Newton, to the last digits
        {
          v <- at(x)
          H <- apply(attr(v, "hessian"), 2:3, sum)
          x <- x - solve(H, colSums(attr(v, "gradient")))
        }
      stopifnot(loglik(x) >= best$value - 1e-9)
      V <- solve(-apply(attr(at(x), "hessian"), 2:3, sum))
      m <- paste0("wtd-", name)
      add <- function(term, value, se, back, slope)
        rows <<- rbind(rows, result_row(m, term, n, back(value), slope * se,
                                        conf_low = back(value - k * se),
                                        conf_high = back(value + k * se)))
      add("prevalence", x[1], sqrt(V[1, 1]), plogis, dlogis(x[1]))
      for (p in c(0.8, 0.9))
        {
          q <- eval(deriv(f$q, vars[-1]),
                    c(as.list(setNames(x, vars)), list(p = p, z = qnorm(p))))
          g <- drop(attr(q, "gradient"))
          add(paste("percentile", 100 * p), as.numeric(q),
              sqrt(drop(g %*% V[-1, -1, drop = FALSE] %*% g)), exp,
              exp(as.numeric(q)))
        }
      for (i in seq_along(f$par))
        add(f$par[i], x[i + 1], sqrt(V[i + 1, i + 1]), identity, 1)
      rows <- rbind(rows, result_row(m, "log-likelihood", n, loglik(x)))
    }
  rows
}

switch_rows <- function(d, lists, before, after)
{
  state <- function(p, window)
  {
    had <- d$drug[d$person == p & d$date >= window[1] & d$date <= window[2]]
    on <- names(lists)[sapply(lists, function(l) any(had %in% l))]
    if (length(on) == 0) "none" else paste(on, collapse = "+")
  }
  persons <- unique(d$person)
  b <- sapply(persons, state, before)
  a <- sapply(persons, state, after)
  rows <- NULL
  for (x in unique(b))
    for (y in unique(a[b == x]))
      rows <- rbind(rows, share_row("switching", paste(x, "->", y),
                                    sum(b == x & a == y), sum(b == x)))
  rows
}

# Periods of the coverage by their label.
period_of <- function(date, by)
{
  d <- as.POSIXlt(as.Date(date, origin = "1970-01-01"))
  y <- d$year + 1900
  switch(by, year = sprintf("%d", y),
         quarter = sprintf("%d-Q%d", y, d$mon %/% 3 + 1),
         month = sprintf("%d-%02d", y, d$mon + 1))
}

calendar_rows <- function(d, from, to, by, washout, population, level = 0.95)
{
  days <- seq(from, to)
  label <- period_of(days, by)
  rows <- NULL
  for (period in unique(label))
    {
      span <- range(days[label == period])
      w <- d[d$date >= span[1] & d$date <= span[2], ]
      n <- if (length(population) == 1) population else
        population[substr(period, 1, 4)]
      users <- length(unique(w$person))
      ci <- suppressWarnings(prop.test(users, n, correct = FALSE,
                                       conf.level = level)$conf.int)
      if (users == 0)
        ci[1] <- 0
      rows <- rbind(rows, result_row("prevalence", period, n, 1000 * users / n,
                                     conf_low = 1000 * ci[1],
                                     conf_high = 1000 * ci[2]))
      if (span[1] - washout < from)
        {
          rows <- rbind(rows, result_row("incidence", period, n))
          next
        }
      new <- 0
      for (p in unique(w$person))
        {
          own <- d$date[d$person == p]
          dates <- own[own >= span[1] & own <= span[2]]
          new <- new + any(sapply(dates, function(t)
            !any(own >= t - washout & own < t)))
        }
      a <- (1 - level) / 2
      rows <- rbind(rows,
                    result_row("incidence", period, n, 1000 * new / n,
                               conf_low = 1000 * qgamma(a, new) / n,
                               conf_high = 1000 * qgamma(1 - a, new + 1) / n))
    }
  rows
}

use_rows <- function(d)
{
  m <- "drug-use"
  first <- sapply(split(d, d$person), function(e)
    as.integer(period_of(min(e$date), "year")) - e$birth_year[1])
  sex <- tapply(d$sex, d$person, `[`, 1)
  rows <- rbind(result_row(m, "users", length(sex), length(sex)),
                result_row(m, "dispensings", length(sex), nrow(d)),
                mean_rows(m, "dispensings-per-user",
                          as.numeric(table(d$person))),
                mean_rows(m, "amount-per-user",
                          as.numeric(tapply(d$amount, d$person, sum))),
                mean_rows(m, "age", as.numeric(first)),
                result_row(m, "prescribers", length(sex),
                           length(unique(d$prescriber))),
                mean_rows(m, "prescribers-per-user",
                          as.numeric(tapply(d$prescriber, d$person, function(x)
                            length(unique(x))))))
  for (s in sort(unique(sex)))
    rows <- rbind(rows, share_row(m, paste("sex", s), sum(sex == s),
                                  length(sex)))
  rows
}

dose_rows <- function(d)
{
  m <- "daily-dose"
  persons <- sort(unique(d$person))
  v <- sapply(persons, function(p)
  {
    e <- d[d$person == p, ]
    e <- e[order(e$date), ]
    span <- max(e$date) - min(e$date)
    if (span == 0) NA else
      sum(e$amount[e$date < max(e$date)]) / span
  })
  rbind(do.call(rbind, lapply(seq_along(persons), function(i)
    result_row(m, paste("person", persons[i]), 1, v[i]))),
    mean_rows(m, NULL, v[!is.na(v)]))
}

# Rows for figures and lists.
list_rows <- function(d, to, ...)
{
  rows <- NULL
  for (p in sort(unique(d$person)))
    {
      e <- episodes(d[d$person == p, ], to + 1, ...)
      rows <- rbind(rows, result_row("episode-list",
                                     paste("person", p, "episode",
                                           seq_len(nrow(e))),
                                     1, e$end - e$start))
    }
  rows
}

day_rows <- function(d, from, to)
  result_row("dispensing-calendar", iso(seq(from, to)), length(unique(d$person)),
             sapply(seq(from, to), function(t) sum(d$date == t)))

timeline_rows <- function(d, p, to)
{
  e <- d[d$person == p, ]
  e <- e[order(e$date), ]
  s <- simulate(e, e$date[1], to + 1, e$date[1], FALSE, FALSE)
  rows <- NULL
  for (i in seq_len(nrow(e)))
    rows <- rbind(rows, cbind(result_row("patient-timeline",
                                         paste0("dispensing ", i,
                                                c("/day", "/days", "/carried")),
                                         1, c(e$date[i] - e$date[1], e$days[i],
                                              s$there[i] - e$days[i])),
                              endpoint = e$drug[i]))
  rows
}

# --- made-up persons -----------------------------------------------------------

make <- function(n, from, to, seed)
{
  set.seed(seed)
  d <- NULL
  for (p in 1:n)
    {
      t <- from + sample(0:(to - from - 50), 1)
      sex <- sample(c("F", "M"), 1)
      birth <- sample(1930:1995, 1)
      drug <- sample(c("A01", "B02"), 1)
      pace <- runif(1, 0.6, 1.5)
      repeat
        {
          days <- sample(c(14, 28, 30, 50, 90, 100), 1)
          dose <- sample(c(1, 2, 4), 1, prob = c(5, 3, 1))
          d <- rbind(d, data.frame(person = p, date = t, drug, days, dose,
                                   amount = days * dose / 2,
                                   prescriber = paste0("d", sample(9, 1)), sex,
                                   birth_year = birth))
          if (runif(1) < 0.12)
            drug <- setdiff(c("A01", "B02", "C03"), drug)[sample(2, 1)]
          t <- t + if (runif(1) < 0.07) 0 else
            max(0, round(days * pace * rgamma(1, 4, 4) +
                           if (runif(1) < 0.1) 150 else 0))
          if (t > to || runif(1) < 0.04)
            break
        }
    }
  d
}

write_case <- function(name, about, d, keys)
{
  d$date <- iso(d$date)
  file <- paste0(name, "_synthetic.csv")
  con <- file(file.path(DATA_DIR, file), "wb")
  writeLines(c(paste("# synthetic:", about),
               "# made by scripts/oracle/exposure.R", paste(names(d),
                                                            collapse = ","),
               do.call(paste, c(unname(d), sep = ","))), con)
  close(con)
}

write_study <- function(name, data, keys)
{
  con <- file(file.path(DATA_DIR, paste0(name, ".yaml")), "wb")
  writeLines(c("recross: 1", paste0("study: ", name), "data:",
               paste0("  - {name: dispensings, file: ", data, "_synthetic.csv}"),
               "analyses:", "  - name: use", "    type: exposure",
               "    data: dispensings", paste0("    ", keys)), con)
  close(con)
}

main <- function()
{
  all <- NULL
  add <- function(case, data, rows)
  {
    if (is.null(rows$endpoint))
      rows$endpoint <- "-"
    all <<- rbind(all, cbind(case = case, data = paste0(data, "_synthetic.csv"),
                             options = paste0(case, ".yaml"), measure = "-",
                             group = "-", rows, tolerance = TOLERANCE))
  }
  from <- day("2010-01-01")
  to <- day("2012-12-31")
  d <- make(60, from, to, 20261122)
  write_case("exposure_small", "sixty made-up persons, three drugs", d)
  cols <- paste("columns: {drug: drug, duration: days, dose: dose,",
                "amount: amount, prescriber: prescriber, sex: sex,",
                "birth_year: birth_year}")
  cover <- "coverage: {from: 2010-01-01, to: 2012-12-31}"

  # adherence: rules and windows
  cmas <- paste0("methods: [", paste0("cma", 1:9, collapse = ", "), "]")
  for (same in c(FALSE, TRUE))
    for (change in c(FALSE, TRUE))
      {
        case <- paste0("exposure_cma", if (same) "_same", if (change) "_dose")
        write_study(case, "exposure_small",
                    c(cols, cover, "follow_up: {delay: 10, days: 600}",
                      "observation: {delay: 60, days: 240}",
                      if (same) "carry_over: same-drug",
                      if (change) "dose_change: true", cmas))
        add(case, "exposure_small", cma_rows(d, 10, 600, 60, 240, same, change))
      }
  write_study("exposure_cma_start", "exposure_small",
              c(cols, cover, "observation: {days: 365}", cmas))
  add("exposure_cma_start", "exposure_small", cma_rows(d, 0, 730, 0, 365))

  # episodes and persistence
  methods <- paste("methods: [treatment-episodes, persistence,",
                   "persistence-greenwood]")
  write_study("exposure_gap", "exposure_small",
              c(cols, cover, "episodes: {gap: 30, at: [90, 180]}", methods))
  add("exposure_gap", "exposure_small",
      episode_rows(d, from, to, at = c(90, 180), gap = 30))
  write_study("exposure_percent", "exposure_small",
              c(cols, cover, paste("episodes: {gap_percent: 50, washout: 90,",
                                   "max_stockpile: 20}"), "level: 0.9",
                methods))
  add("exposure_percent", "exposure_small",
      episode_rows(d, from, to, washout = 90, level = 0.9, gap = 0,
                   percent = 50, most = 20))
  write_study("exposure_rules", "exposure_small",
              c(cols, cover, "episodes: {gap: 20, carry_over: same-drug,",
                "           dose_change: true, at: [365]}", methods))
  add("exposure_rules", "exposure_small",
      episode_rows(d, from, to, at = 365, gap = 20, same = TRUE,
                   change = TRUE))
  write_study("exposure_none", "exposure_small",
              c(cols, cover, "episodes: {gap: 15, stockpile: false}", methods))
  add("exposure_none", "exposure_small",
      episode_rows(d, from, to, gap = 15, most = 0))

  # switching, calendar, use, doses
  write_study("exposure_switch", "exposure_small",
              c(cols, cover, "switch:",
                "  lists: [{name: A, drugs: [A01]}, {name: B, drugs: [B0*]}]",
                "  before: {from: 2010-06-01, to: 2011-05-31}",
                "  after: {from: 2011-06-01, to: 2012-05-31}",
                "methods: [switching]"))
  add("exposure_switch", "exposure_small",
      switch_rows(d, list(A = "A01", B = "B02"),
                  day(c("2010-06-01", "2011-05-31")),
                  day(c("2011-06-01", "2012-05-31"))))
  for (by in c("year", "quarter", "month"))
    {
      case <- paste0("exposure_by_", by)
      people <- if (by == "quarter") c(`2010` = 900, `2011` = 950,
                                       `2012` = 1000) else 1200
      write_study(case, "exposure_small",
                  c(cols, cover,
                    paste0("calendar: {by: ", by, ", washout: 120, population: ",
                           if (by == "quarter")
                             "{2010: 900, 2011: 950, 2012: 1000}" else "1200",
                           "}"), "methods: [prevalence, incidence]"))
      add(case, "exposure_small",
          calendar_rows(d, from, to, by, 120, people))
    }
  write_study("exposure_use", "exposure_small",
              c(cols, cover, "methods: [drug-use, daily-dose]"))
  add("exposure_use", "exposure_small", rbind(use_rows(d), dose_rows(d)))

  # lists and rows of figures
  write_study("exposure_list", "exposure_small",
              c(cols, cover, "episodes: {gap: 30}", "patient: 3",
                "methods: [episode-list, patient-timeline]"))
  add("exposure_list", "exposure_small", list_rows(d, to, gap = 30))
  add("exposure_list", "exposure_small", timeline_rows(d, 3, to))
  spring <- day(c("2011-03-01", "2011-05-31"))
  write_study("exposure_days", "exposure_small",
              c(cols, "coverage: {from: 2011-03-01, to: 2011-05-31}",
                "methods: [dispensing-calendar]"))
  add("exposure_days", "exposure_small",
      day_rows(d[d$date >= spring[1] & d$date <= spring[2], ], spring[1],
               spring[2]))

  # waiting times: many persons, of whom some start within the window
  set.seed(4711)
  wtd <- NULL
  for (p in 1:1500)
    {
      gap <- function() max(1, round(rlnorm(1, log(60), 0.55)))
      t <- if (p <= 800) from - sample(400, 1) else
        from + sample(0:(to - from), 1)
      stop <- if (p %% 3 == 0) from + sample(0:(to - from), 1) else to
      while (t <= stop)
        {
          if (t >= from)
            wtd <- rbind(wtd, data.frame(person = p, date = t))
          t <- t + gap()
        }
    }
  wtd <- wtd[wtd$date >= from + 160 & wtd$date <= from + 570, ]
  write_case("exposure_waiting", "1500 made-up persons who wait for their drug",
             wtd)
  write_study("exposure_waiting", "exposure_waiting",
              c("coverage: {from: 2010-06-01, to: 2011-08-31}",
                "waiting_time: {from: 2010-07-01, to: 2011-06-30}"))
  add("exposure_waiting", "exposure_waiting",
      waiting_rows(wtd, day("2010-07-01"), day("2011-06-30")))
  write_study("exposure_reverse", "exposure_waiting",
              c("coverage: {from: 2010-06-01, to: 2011-08-31}",
                "waiting_time: {from: 2010-07-01, to: 2011-06-30,",
                "               reverse: true}", "level: 0.9"))
  add("exposure_reverse", "exposure_waiting",
      waiting_rows(wtd, day("2010-07-01"), day("2011-06-30"), TRUE, 0.9))
  write_oracle(all, file.path(OUT_DIR, "exposure.tsv"),
               c(paste0("source: other program: ", r_version(), ", survival ",
                        packageVersion("survival"), "; simulation by days"),
                 "script: scripts/oracle/exposure.R",
                 "data: tests/oracle/data/, all synthetic",
                 "wtd-*: no worked example is public; optim, then Newton",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

if (is_main())
  main()
