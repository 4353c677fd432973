# Expected values for case series with repeated doses, several exposures, dates,
# seasons and bands of calendar time (type sccs), and for sccs-intervals.
#
#   Rscript scripts/oracle/sccs_more.R        from the top folder
#   Rscript scripts/oracle/sccs_more.R FOLDER
#
# writes tests/oracle/data/sccs_{doses,kinds,dates,birth,ages}_synthetic.csv, the studies
# beside them and tests/oracle/sccs_more.tsv; with the folder of the reference
# sets outside the project also tests/oracle/external/sccs_vaccine.tsv, the
# answers for their opvdat.txt and intdat.txt.  Base R only.
#
# Every case is taken apart into days.  The window of a day is found by going
# through the doses in the order of precedence: those on or before the day,
# the latest first, then those to come, the nearest first; the first that has
# a window for the day decides.  glm fits Poisson regression with an intercept
# per case; terms are factors of R.
source("scripts/oracle/oracle_common.R")

write_case <- function(case, comment, d, keys)
  write_study(case, comment, d, keys, "cases", "series", "sccs")

# The window (0: none) of each day, given the days of the doses.
windows_of <- function(day, doses, risks)
{
  doses <- sort(doses[!is.na(doses)])
  vapply(day, function(d) {
    for (x in c(rev(doses[doses <= d]), doses[doses > d]))
      for (r in seq_along(risks))
        if (d - x >= risks[[r]][1] && d - x <= risks[[r]][2])
          return(as.numeric(r))
    0
  }, 0)
}

# One row per case and day.  doses: per exposure a list of days; band and
# season: functions of the days and the number of the case.
days_of <- function(cases, exposures, band, season)
  do.call(rbind, lapply(seq_along(cases), function(i) {
    z <- cases[[i]]
    day <- z$start:z$end
    out <- data.frame(case = i, day,
                      events = tabulate(match(z$event, day), length(day)),
                      band = band(day, i), season = season(day, i))
    stopifnot(sum(out$events) == length(z$event))
    for (e in seq_along(exposures))
      out[[paste0("risk", e)]] <- windows_of(day, z$doses[[e]],
                                             exposures[[e]])
    out
  }))

rows_of <- function(cases, exposures, band, season, bands, seasons,
                    word = "age", labels = NULL)
{
  d <- days_of(cases, exposures, band, season)
  n <- length(cases)
  factors <- paste0("risk", seq_along(exposures))
  key <- do.call(paste, d[c("case", "band", "season", factors)])
  first <- !duplicated(key)
  cells <- d[first, ]
  cells$events <- as.vector(rowsum(d$events, key)[key[first], ])
  cells$days <- as.vector(rowsum(rep(1, nrow(d)), key)[key[first], ])
  term <- list()
  for (e in seq_along(exposures))
    for (r in seq_along(exposures[[e]]))
      term[[names(exposures[[e]])[r]]] <- cells[[factors[e]]] == r
  for (b in seq_len(bands)[-1])
    term[[paste(word, b)]] <- cells$band == b
  for (s in seq_len(seasons)[-1])
    term[[paste("season", s)]] <- cells$season == s
  x <- vapply(term, as.numeric, numeric(nrow(cells)))
  stopifnot(colSums(x * cells$events) > 0) # no empty window in these cases
  case <- factor(cells$case)
  x <- cbind(model.matrix(~ 0 + case), x)
  g <- glm.fit(x, cells$events, offset = log(cells$days), family = poisson(),
               control = list(epsilon = 1e-15, maxit = 200))
  # the last steps by Newton's method: glm.fit stops when the deviance stands
  # still, and its errors are those of the step before
  b <- g$coefficients
  for (step in 1:3)
    {
      mu <- exp(log(cells$days) + drop(x %*% b))
      v <- solve(crossprod(x * sqrt(mu)))
      b <- b + drop(v %*% crossprod(x, cells$events - mu))
    }
  at <- n + seq_along(term)
  b <- b[at]
  se <- sqrt(diag(v))[at]
  q <- qnorm(0.975)
  rows <- rbind(result_row("sccs", "cases", n),
                result_row("sccs", "deviance", n, g$deviance))
  for (i in seq_along(term))
    {
      p <- 2 * pnorm(-abs(b[i] / se[i]))
      rows <- rbind(rows,
        result_row("sccs", names(term)[i], n, b[i], se[i], NA, NA,
                   b[i] / se[i], p, b[i] - q * se[i], b[i] + q * se[i]),
        result_row("sccs", paste0("irr:", names(term)[i]), n, exp(b[i]),
                   p_value = p, conf_low = exp(b[i] - q * se[i]),
                   conf_high = exp(b[i] + q * se[i])))
    }
  count <- function(name, inside)
    if (any(inside))
      rows <<- rbind(rows,
        result_row("sccs-intervals", paste0("events:", name),
                   length(unique(d$case[inside])), sum(d$events[inside])),
        result_row("sccs-intervals", paste0("days:", name),
                   length(unique(d$case[inside])), sum(inside)))
  for (e in seq_along(exposures))
    {
      risk <- d[[factors[e]]]
      count(if (length(exposures) == 1) "baseline"
            else paste("baseline of", labels[e]), risk == 0)
      for (r in seq_along(exposures[[e]]))
        count(names(exposures[[e]])[r], risk == r)
    }
  if (bands > 1)
    for (k in seq_len(bands))
      count(paste(word, k), d$band == k)
  for (k in seq_len(seasons))
    count(paste("season", k), d$season == k)
  many <- vapply(cases, function(z) length(unique(z$event)) > 1, TRUE)
  early <- vapply(cases, function(z) any(z$end - z$event <= 30), TRUE)
  rbind(rows, result_row("sccs-intervals", "repeated-events", n, sum(many)),
        result_row("sccs-intervals", "early-end", n, sum(early)))
}

none <- function(day, i) rep(1, length(day))
by_cuts <- function(cuts) function(day, i)
  colSums(outer(cuts, day, "<")) + 1

cases_of <- function(d, columns)
  lapply(split(d, d$case), function(z)
    list(start = z$start[1], end = z$end[1], event = z$event,
         doses = lapply(columns, function(k) as.numeric(z[1, k]))))

simulated <- function(cases, exposures, rr)
  lapply(cases, function(z) {
    day <- z$start:z$end
    rate <- rep(1, length(day))
    for (e in seq_along(exposures))
      rate <- rate * c(1, rr[[e]])[windows_of(day, z$doses[[e]],
                                              exposures[[e]]) + 1]
    z$event <- sort(sample(day, 1 + rpois(1, 0.5), TRUE, rate))
    z
  })

frame_of <- function(cases, names, date = identity)
  do.call(rbind, lapply(seq_along(cases), function(i) {
    z <- cases[[i]]
    doses <- unlist(z$doses)
    out <- data.frame(case = i, start = date(z$start), end = date(z$end),
                      event = date(z$event))
    for (k in seq_along(names))
      out[[names[k]]] <- if (is.na(doses[k])) NA else date(doses[k])
    out
  }))

synthetic <- function()
{
  all <- NULL
  add <- function(case, rows)
    all <<- rbind(all, cbind(case = case,
                             data = paste0(case, "_synthetic.csv"),
                             options = paste0(case, ".yaml"), endpoint = "-",
                             measure = "-", group = "-", rows,
                             tolerance = TOLERANCE))
  set.seed(20260208)

  # doses so close that their windows overlap, one before the exposure
  risks <- list(list(before = c(-10, -1), acute = c(0, 13), later = c(14, 41),
                     washout = c(42, 55)))
  cases <- lapply(1:70, function(i) {
    start <- sample(1:40, 1)
    end <- sample(330:400, 1)
    doses <- start + cumsum(sample(5:45, 4, TRUE))
    doses[sample(4, sample(0:2, 1))] <- NA
    list(start = start, end = end, doses = list(doses))
  })
  cases <- simulated(cases, risks, list(c(0.5, 3, 1.6, 1.1)))
  cuts <- c(120, 200, 290)
  write_case("sccs_doses", "70 cases, up to four doses with windows that meet",
             frame_of(cases, paste0("dose", 1:4)),
             c("columns: {exposure: [dose1, dose2, dose3, dose4]}",
               paste0("risks: [{name: before, window: [-10, -1]}, {name: ",
                      "acute, window: [0, 13]}, {name: later, window: ",
                      "[14, 41]}, {name: washout, window: [42, 55]}]"),
               paste0("age_cuts: [", paste(cuts, collapse = ", "), "]")))
  add("sccs_doses", rows_of(cases, risks, by_cuts(cuts), none, 4, 0))

  # two kinds of exposure at the same time, one of them the first only
  risks <- list(list(a1 = c(0, 20), a2 = c(21, 60)), list(b = c(-3, 29)))
  cases <- lapply(1:60, function(i)
    list(start = 1, end = 365,
         doses = list(c(sample(300, 1), NA), sort(sample(300, 2)))))
  for (i in 1:15)
    cases[[i]]$doses[[1]] <- c(NA, NA)
  for (i in 10:25)
    cases[[i]]$doses[[1]][2] <- sample(300, 1)
  first <- cases
  for (i in 1:60)
    first[[i]]$doses[[2]] <- first[[i]]$doses[[2]][1]
  first <- simulated(first, risks, list(c(2.5, 1.5), 2))
  for (i in 1:60)
    cases[[i]]$event <- first[[i]]$event
  write_case("sccs_kinds", "60 cases, two kinds of exposure",
             frame_of(cases, c("a", "again", "b", "b2")),
             c("exposures:",
               paste0("  - {name: drug a, columns: [a, again], risks: [{name:",
                      " a1, window: [0, 20]}, {name: a2, window: [21, 60]}]}"),
               paste0("  - {name: drug b, columns: [b, b2], take: first, ",
                      "risks: [{name: b, window: [-3, 29]}]}")))
  add("sccs_kinds", rows_of(first, risks, none, none, 1, 0,
                            labels = c("drug a", "drug b")))

  # dates, with the seasons of the year and bands of calendar time
  risks <- list(list(exposure = c(0, 27)))
  zero <- as.numeric(as.Date("2012-01-01"))
  cases <- lapply(1:50, function(i)
    list(start = zero + sample(0:90, 1), end = zero + sample(900:1090, 1),
         doses = list(zero + sample(100:800, 1))))
  cases <- simulated(cases, risks, list(3))
  as_date <- function(d) format(as.Date(d, origin = "1970-01-01"))
  season <- function(day, i) {
    m <- as.POSIXlt(as.Date(day, origin = "1970-01-01"))$mon + 1
    c(1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 1)[m]
  }
  ends <- as.numeric(as.Date(c("2012-12-31", "2013-08-15")))
  keys <- c("risks: [{name: exposure, window: [0, 27]}]",
            "season: [[12, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]")
  write_case("sccs_dates", "50 cases in dates", frame_of(cases, "exposure",
                                                         as_date),
             c(keys, "calendar_cuts: [2012-12-31, 2013-08-15]"))
  add("sccs_dates", rows_of(cases, risks, by_cuts(ends), season, 3, 4,
                            "period"))

  # the same with bands of age, from a day of birth
  birth <- vapply(cases, function(z) z$start - sample(100:400, 1), 0)
  d <- frame_of(cases, "exposure", as_date)
  d$born <- as_date(birth[d$case])
  write_case("sccs_birth", "50 cases in dates, with a day of birth", d,
             c(keys, "columns: {birth: born}", "age_cuts: [500, 800]"))
  add("sccs_birth", rows_of(cases, risks, function(day, i)
    by_cuts(c(500, 800))(day - birth[i]), season, 3, 4))

  # and with ages in place of dates
  ages <- lapply(seq_along(cases), function(i) {
    z <- cases[[i]]
    list(start = z$start - birth[i], end = z$end - birth[i],
         event = z$event - birth[i], doses = list(z$doses[[1]] - birth[i]))
  })
  d <- frame_of(ages, "exposure")
  d$born <- as_date(birth[d$case])
  write_case("sccs_ages", "50 cases in days since a birth that is a date", d,
             c(keys, "columns: {birth: born}",
               "calendar_cuts: [2012-12-31, 2013-08-15]"))
  add("sccs_ages", rows_of(cases, risks, by_cuts(ends), season, 3, 4,
                           "period"))

  write_oracle(all, file.path(OUT_DIR, "sccs_more.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages"),
                 "script: scripts/oracle/sccs_more.R",
                 "data: tests/oracle/data/, all synthetic",
                 "command: recross run OPTIONS, the study file beside the data"),
               COLUMNS)
}

# The reference sets outside the project, under the names of their answers.
outside <- function(folder)
{
  all <- NULL
  add <- function(case, rows)
    all <<- rbind(all, cbind(case = case, rows))
  opv <- read.table(file.path(folder, "sccs", "opvdat.txt"), header = TRUE)
  opv <- data.frame(case = opv$case, start = opv$sta, end = opv$end,
                    event = opv$intus, opv[c("opv", "opvd2", "opvd3")])
  cuts <- c(57, 85, 113, 141, 169, 197, 225, 253, 281, 309, 337)
  windows <- list("0-14" = c(0, 14), "15-28" = c(15, 28), "29-42" = c(29, 42))
  add("opv.doses", rows_of(cases_of(opv, list(c("opv", "opvd2", "opvd3"))),
                           list(windows), by_cuts(cuts), none, 12, 0))
  before <- list(before = c(-14, -1), risk = c(0, 42))
  add("opv.before", rows_of(cases_of(opv, list(c("opv", "opvd2", "opvd3"))),
                            list(before), by_cuts(cuts), none, 12, 0))
  int <- read.table(file.path(folder, "sccs", "intdat.txt"), header = TRUE)
  int <- data.frame(case = int$case, start = int$sta, end = int$end,
                    event = int$intus, int[c("opv", "opvd2")])
  add("int.doses", rows_of(cases_of(int, list(c("opv", "opvd2"))),
                           list(windows), by_cuts(cuts), none, 12, 0))
  apart <- list(list("first" = c(0, 42)), list("second" = c(0, 42)))
  add("int.apart", rows_of(cases_of(int, list("opv", "opvd2")), apart,
                           by_cuts(cuts), none, 12, 0,
                           labels = c("dose 1", "dose 2")))
  write_oracle(all, file.path(OUT_DIR, "external", "sccs_vaccine.tsv"),
               c(paste0("source: other program: ", r_version(),
                        ", base packages, from opvdat.txt and intdat.txt of ",
                        "the R package SCCS 1.7"),
                 "script: scripts/oracle/sccs_more.R FOLDER"),
               c("case", setdiff(COLUMNS, c("case", "data", "options",
                                            "endpoint", "measure", "group",
                                            "tolerance"))))
}

if (is_main())
  {
    folder <- commandArgs(TRUE)
    synthetic()
    if (length(folder) == 1)
      outside(folder)
  }
